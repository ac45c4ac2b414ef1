import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeProject } from './project.ts';

const project = makeProject();
const card = (more = '', path = 'CARD.md') => `{ check: document, path: "${path}"${more} }`;

function write(text: string | Uint8Array): void {
  project.write('CARD.md', text);
}

test('a document that exists with its sections written passes, requirement by requirement', async () => {
  write('# Intended use\nLoans.\n## Limitations\nMany.\n');
  const outcome = await project.outcomeOf(card(', sections: [Intended use, limitations]'));
  assert.equal(outcome.status, 'pass');
  assert.deepEqual(
    outcome.parts?.map(({ name, status }) => [name, status]),
    [
      ['exists', 'pass'],
      ['section: Intended use', 'pass'],
      ['section: limitations', 'pass'],
    ],
  );
  assert.deepEqual([outcome.value, outcome.bound, outcome.formula], [null, null, null]);
  assert.equal(outcome.message, 'The document “CARD.md” exists and every required section is written.');
  assert.deepEqual(
    outcome.evidence.map(({ path }) => path),
    ['CARD.md'],
  );
});

test('sections that are absent, or left at the template’s text, fail by name', async () => {
  write('# Uses\n[More Information Needed]\n# Risks\nSome.\n');
  const outcome = await project.outcomeOf(card(', sections: [Uses, Risks, Citation]'));
  assert.equal(outcome.status, 'fail');
  assert.equal(
    outcome.message,
    'The document “CARD.md” leaves “Uses” empty or at its template text and has no section “Citation”.',
  );
});

test('a document that is absent or empty fails', async () => {
  write(' \n');
  assert.equal((await project.outcomeOf(card())).message, 'The document “CARD.md” is empty.');
  const absent = await project.outcomeOf(card(', sections: [Uses]', 'ABSENT.md'));
  assert.deepEqual([absent.status, absent.evidence], ['fail', []]);
  assert.deepEqual(
    absent.parts?.map(({ status }) => status),
    ['fail', 'not_evaluable'],
  );
});

test('what can’t be read is not evaluable', async () => {
  write(Uint8Array.of(0xff, 0xfe, 0x00));
  assert.match((await project.outcomeOf(card())).message, /is not UTF-8 text/);
  assert.match((await project.outcomeOf(card('', 'mlruns'))).message, /is not a file/);
  write('---\na: 1\n---\n# Uses\nLoans.\n');
  assert.equal((await project.outcomeOf(card(', numbers_match: false'))).status, 'pass');
});
