import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Answering } from '../../../../src/extension/language/answering.ts';
import type { FromLanguage, ToLanguage } from '../../../../src/extension/language/language-protocol.ts';
import { FACTS, policyWith } from '../../policy/language/marked.ts';

const URI = 'file:///work/signoff.yaml';

/** The thread's side, whose turns of the event loop the test takes. */
function thread(): { tell(...messages: ToLanguage[]): void; turn(): void; said: FromLanguage[] } {
  const said: FromLanguage[] = [];
  const waiting: (() => void)[] = [];
  const answering = new Answering(
    (message) => said.push(message),
    (work) => waiting.push(work),
  );
  return {
    said,
    tell: (...messages) => {
      for (const message of messages) answering.receive(message);
    },
    turn: () => {
      while (waiting.length > 0) waiting.shift()?.();
    },
  };
}

const text = (version: number, written: string): ToLanguage => ({ kind: 'text', uri: URI, version, text: written });
const ask = (id: number, version: number): ToLanguage => ({
  ...{ kind: 'ask', id, uri: URI, version, question: 'diagnostics', input: undefined },
});

describe('the thread that understands policies', () => {
  test('answers about the version that was asked for', () => {
    const { tell, turn, said } = thread();
    tell(text(1, 'version: 2'), ask(1, 1));
    turn();
    assert.equal(said.length, 1);
    assert.equal(said[0]?.kind, 'answer');
  });

  test('drops questions about a text that has moved on before it came to them', () => {
    const { tell, turn, said } = thread();
    tell(text(1, 'version: 2'), ask(1, 1), text(2, 'version: 1'), ask(2, 2));
    turn();
    assert.deepEqual(
      said.map(({ kind, id }) => `${id} ${kind}`),
      ['1 superseded', '2 answer'],
    );
  });

  test('drops what nobody waits for any more', () => {
    const { tell, turn, said } = thread();
    tell(text(1, ''), ask(1, 1), { kind: 'drop', id: 1 });
    turn();
    assert.deepEqual(
      said.map(({ kind }) => kind),
      ['superseded'],
    );
  });

  test('says more once it is told more, and no more once the text is closed', () => {
    const { tell, turn, said } = thread();
    const written = policyWith('l: { check: metric, logged: val_los, max: 1 }');
    tell(text(1, written), ask(1, 1));
    turn();
    tell({ kind: 'facts', uri: URI, facts: FACTS }, ask(2, 1));
    turn();
    tell({ kind: 'closed', uri: URI }, ask(3, 1));
    turn();
    const sizes = said.map((each) => (each.kind === 'answer' ? (each.value as unknown[]).length : each.kind));
    assert.deepEqual(sizes, [0, 1, 'superseded']);
  });

  test('tells of its own mistakes, and lives on', () => {
    const { tell, turn, said } = thread();
    tell(text(1, 'version: 1'), {
      ...{ kind: 'ask', id: 1, uri: URI, version: 1, question: 'hover', input: undefined },
    } as unknown as ToLanguage);
    tell(ask(2, 1));
    turn();
    assert.deepEqual(
      said.map(({ kind }) => kind),
      ['fault', 'answer'],
    );
  });
});
