import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { definitionAt } from '../../../../src/policy/language/definitions.ts';
import { checksOfLoggedMetric, referencesAt } from '../../../../src/policy/language/references.ts';
import { atCursor, documentOf, knowing, outcome, policyWith } from './marked.ts';

const CHECKS = `
auc: { check: metric, metric: roc_auc, dataset: holdout, by: sex, against: production, max_drop: 0 }
loss: { check: metric, logged: val_loss, max: 1 }
honest: { check: agreement, logged: val_loss, metric: log_loss, dataset: holdout, tolerance: 0 }
dpia: { check: attestation, text: Done, role: risk }
`;

/** Where a name leads: `line:text` in the policy, or a file. */
function leadsTo(from: string, to: string): readonly string[] {
  const { text, offset } = atCursor(policyWith(CHECKS, (each) => each.replace(from, to)));
  const known = knowing({ policyText: text, outcomes: [outcome('auc', { evidence: ['/work/holdout.parquet'] })] });
  return (definitionAt(documentOf(text), known, offset)?.targets ?? []).map((target) =>
    'range' in target
      ? text.slice(text.lastIndexOf('\n', target.range.offset) + 1, target.range.offset + target.range.length).trim()
      : `${target.file}${target.line === undefined ? '' : `:${target.line}`}`,
  );
}

describe('a name leads', () => {
  const cases: readonly (readonly [string, string, string, string])[] = [
    ['of a data set to its declaration', 'dataset: holdout, by', 'dataset: hold|out, by', 'holdout'],
    ['of a group to its declaration', 'by: sex', 'by: se|x', 'sex'],
    ['of an environment to its declaration', 'against: production', 'against: prod|uction', 'production'],
    [
      'of a role to its people',
      'role: risk }\nsignoff',
      'role: ri|sk }\nsignoff',
      'roles: { data-science: [ana@acme.example], risk',
    ],
    ['of a person to the key', '[ben@acme', '[be|n@acme', '/work/.signoff/allowed_signers:2'],
    ['of a column to the table', 'label: defaulted', 'label: defau|lted', '/work/holdout.parquet'],
    ['of a path to the file', 'path: run:eval', 'path: run:ev|al', '/work/holdout.parquet'],
    ['of a check to its evidence', 'auc:', 'a|uc:', '/work/holdout.parquet'],
    ['of a bound to the evidence', 'max_drop: 0', 'max_drop: |0', '/work/holdout.parquet'],
  ];
  for (const [name, from, to, target] of cases) {
    test(name, () => assert.deepEqual(leadsTo(from, to), [target]));
  }

  test('nowhere when it names nothing', () => assert.deepEqual(leadsTo('task: binary', 'task: bin|ary'), []));
});

describe('uses of a name', () => {
  const uses = (from: string, to: string, declaration: 'with the declaration' | 'uses only'): readonly string[] => {
    const { text, offset } = atCursor(policyWith(CHECKS, (each) => each.replace(from, to)));
    return referencesAt(documentOf(text), offset, declaration).map(({ offset: start, length }) => {
      const line = text.slice(0, start).split('\n').length;
      return `${line}:${text.slice(start, start + length)}`;
    });
  };

  test('of a data set, from its declaration and from a use', () => {
    assert.deepEqual(uses('  holdout:', '  hold|out:', 'with the declaration'), [
      '7:holdout',
      '16:holdout',
      '18:holdout',
    ]);
    assert.deepEqual(uses('dataset: holdout, by', 'dataset: ho|ldout, by', 'uses only'), ['16:holdout', '18:holdout']);
  });

  test('of a logged metric: the checks that read it', () => {
    assert.deepEqual(uses('logged: val_loss, max', 'logged: val|_loss, max', 'with the declaration'), [
      '17:val_loss',
      '18:val_loss',
    ]);
  });

  test('of a role: quorums, waivers and attestations', () => {
    assert.equal(uses('risk: [ben', 'ri|sk: [ben', 'with the declaration').length, 4);
  });
});

test('from a logged metric to the checks that use it', () => {
  const text = policyWith(CHECKS);
  const names = checksOfLoggedMetric(documentOf(text), 'val_loss').map(({ offset, length }) =>
    text.slice(offset, offset + length),
  );
  assert.deepEqual(names, ['loss', 'honest']);
});
