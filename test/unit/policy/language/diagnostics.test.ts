import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Diagnostic } from '../../../../src/policy/language/diagnostics/diagnostic.ts';
import { diagnose } from '../../../../src/policy/language/diagnostics.ts';
import type { Known } from '../../../../src/policy/language/known.ts';
import { documentOf, knowing, nothingKnown, outcome, policyWith } from './marked.ts';

/** Remarks as `code at "text": message`. */
function remarks(text: string, known: Known = knowing()): string[] {
  return diagnose(documentOf(text), known).map((each) => oneLine(text, each));
}

function oneLine(text: string, { code, range, message }: Diagnostic): string {
  return `${code} at "${text.slice(range.offset, range.offset + range.length)}": ${message}`;
}

const AUC = 'auc: { check: metric, metric: roc_auc, dataset: holdout, min: 0.8 }';

describe('a policy that fits the world', () => {
  test('has nothing said about it', () => assert.deepEqual(remarks(policyWith(AUC)), []));

  test('has nothing said about it either when nothing is known', () => {
    const text = policyWith('a: { check: metric, logged: anything, max: 1 }', (each) =>
      each.replace('label: defaulted', 'label: whatever'),
    );
    assert.deepEqual(remarks(text, nothingKnown), []);
  });
});

describe('names that only tables and runs can know', () => {
  const cases: readonly (readonly [string, string, string, string])[] = [
    [
      'a column that the table does not have',
      'label: defaulted',
      'label: defualted',
      'unknown-column at "defualted": run:eval/holdout.parquet has no column "defualted"; did you mean "defaulted"?',
    ],
    [
      'a group named after no column',
      'sex: { privileged: male }',
      'sexx: { privileged: male }',
      'unknown-column at "sexx": run:eval/holdout.parquet has no column "sexx"; did you mean "sex"?',
    ],
    [
      'a column far from all others',
      'column: age',
      'column: zzzzzzzz',
      'unknown-column at "zzzzzzzz": run:eval/holdout.parquet has no column "zzzzzzzz"; its columns are "defaulted", "p_default", "sex", "age" and "client id".',
    ],
    [
      'a privileged group that no row is in',
      'privileged: male',
      'privileged: mle',
      'unknown-group-value at "mle": No row has "mle" in the column "sex"; did you mean "male"?',
    ],
    [
      'a positive class that no row has',
      'score: p_default\n',
      'score: p_default\n    positive: 7\n',
      'unknown-class at "7": No row has "7" as its label in the column "defaulted"; its values are "0" and "1".',
    ],
  ];
  for (const [name, from, to, remark] of cases) {
    test(name, () => {
      assert.deepEqual(
        remarks(policyWith(AUC, (text) => text.replace(from, to))).filter((each) => !/^unknown-group /.test(each)),
        [remark],
      );
    });
  }

  test('a metric that the run did not log', () => {
    assert.deepEqual(remarks(policyWith('loss: { check: metric, logged: val_los, max: 0.5 }')), [
      'unknown-logged-metric at "val_los": The run "gradient-boosting" logged no metric "val_los"; did you mean "val_loss"?',
    ]);
  });

  test('a run that is not there, and one called by its name', () => {
    const against = (run: string): string =>
      `auc: { check: metric, metric: roc_auc, dataset: holdout, against: "run:${run}", max_drop: 0 }`;
    assert.deepEqual(remarks(policyWith(against('8e41bd04'))), [
      'unknown-run at ""run:8e41bd04"": There is no run "8e41bd04"; did you mean "run:8e41bd03"?',
    ]);
    assert.deepEqual(remarks(policyWith(against('logistic'))), [
      'unknown-run at ""run:logistic"": "run:" takes a run’s id, and "logistic" is a name; did you mean "run:8e41bd03"?',
    ]);
  });

  test('a column that one of two compared tables lacks', () => {
    const drift =
      'd: { check: drift, method: ks, reference: training, current: holdout, columns: [age, sex], max: 0.1 }';
    assert.deepEqual(remarks(policyWith(drift)), [
      'unknown-column at "sex": data/train.parquet has no column "sex"; its columns are "defaulted", "p_default" and "age".',
    ]);
  });

  test('features of an explanation are no columns', () => {
    const shap =
      's: { check: explanation, method: shap, values: "run:s.npz", columns: [a, b], forbidden: [c], max_top_share: 0.5 }';
    assert.deepEqual(remarks(policyWith(shap)), []);
  });

  test('a run that is not listed may still be there when not all are known', () => {
    const text = policyWith(
      'auc: { check: metric, metric: roc_auc, dataset: holdout, against: "run:elsewhere", max_drop: 0 }',
    );
    assert.deepEqual(remarks(text, knowing(undefined, { runs: { known: [], complete: false } })), []);
  });

  test('values of which only some were looked at prove nothing', () => {
    const known = knowing();
    const table = known.facts.tables['run:eval/holdout.parquet'];
    assert.ok(table);
    const columns = table.columns.map((column) => ({ ...column, complete: false }));
    const text = policyWith(AUC, (each) => each.replace('privileged: male', 'privileged: other'));
    const partly = knowing(undefined, { tables: { 'run:eval/holdout.parquet': { ...table, columns } } });
    assert.deepEqual(remarks(text, partly), []);
  });
});

describe('people and their keys', () => {
  test('somebody without a key, and the quorum that can’t be reached', () => {
    const known = knowing(undefined, {
      signers: [
        { person: 'ben@acme.example', standing: 'may sign', line: 1 },
        { person: 'eve@acme.example', standing: 'may not sign', line: 4 },
      ],
    });
    assert.deepEqual(remarks(policyWith(AUC), known), [
      'person-without-key at "ana@acme.example": "ana@acme.example" has no key in .signoff/allowed_signers, so can’t sign; add one there.',
      'person-without-key at "eve@acme.example": The key of "eve@acme.example" in .signoff/allowed_signers may not sign approvals now; renew it there.',
      'too-few-keys at "1": 1 of "data-science" must approve, but nobody in it has a key in .signoff/allowed_signers.',
      'too-few-keys at "1": 1 of "data-science" must approve, but nobody in it has a key in .signoff/allowed_signers.',
    ]);
    const [first, second] = diagnose(documentOf(policyWith(AUC)), known);
    assert.deepEqual(
      first?.related?.map(({ at }) => at),
      [{ file: '/work/.signoff/allowed_signers' }],
    );
    assert.deepEqual(
      second?.related?.map(({ at }) => at),
      [{ file: '/work/.signoff/allowed_signers', line: 4 }],
    );
  });
});

describe('checks that do not hold', () => {
  const text = policyWith(`
auc:
  check: metric
  metric: roc_auc
  dataset: holdout
  min: 0.8
  confidence: 0.95
repeat: { check: reproducibility, require: [git_commit, seed] }
`);
  const known = (status: 'fail' | 'uncertain' | 'not_evaluable' | 'pass', policyText = text): Known =>
    knowing({
      policyText,
      outcomes: [
        outcome('auc', {
          ...{ status, value: 0.79, interval: [0.77, 0.81], rows: 4000, bound: { min: 0.8 } },
          message: 'ROC AUC is 0.79.',
          evidence: ['/work/holdout.parquet'],
        }),
        outcome('repeat', {
          status: 'fail',
          message: 'The run has no seed.',
          parts: [
            { name: 'git_commit', status: 'pass', value: null, interval: null, rows: null },
            { name: 'seed', status: 'fail', value: null, interval: null, rows: null },
          ],
        }),
      ],
    });

  for (const [status, code, severity] of [
    ['fail', 'check-fails', 'warning'],
    ['uncertain', 'check-uncertain', 'information'],
    ['not_evaluable', 'check-not-evaluable', 'warning'],
  ] as const) {
    test(`${status} stands at the bound, and leads to the evidence`, () => {
      const [found] = diagnose(documentOf(text), known(status));
      assert.ok(found);
      assert.equal(oneLine(text, found), `${code} at "0.8": ROC AUC is 0.79.`);
      assert.equal(found.severity, severity);
      assert.deepEqual(
        found.related?.map(({ at }) => at),
        [{ file: '/work/holdout.parquet' }],
      );
    });
  }

  test('a requirement that is not met stands at its own name', () => {
    assert.ok(remarks(text, known('pass')).includes('check-fails at "seed": The run has no seed.'));
  });

  test('an advisory check only informs', () => {
    const advisory = text.replace('  confidence: 0.95', '  severity: advisory\n    confidence: 0.95');
    const [found] = diagnose(documentOf(advisory), known('fail', advisory));
    assert.equal(found?.severity, 'information');
  });

  test('a bound that was changed since is judged as it is written', () => {
    assert.deepEqual(remarks(text.replace('min: 0.8', 'min: 0.7'), known('fail')).slice(0, 1), [
      'check-fails at "seed": The run has no seed.',
    ]);
    assert.deepEqual(remarks(text.replace('min: 0.8', 'min: 0.78'), known('fail')).slice(0, 1), [
      'check-uncertain at "0.78": The value is 0.79, its interval [0.77, 0.81], from 4,000 rows: within the bound as it is written here, but not wholly.',
    ]);
    assert.deepEqual(remarks(text.replace('min: 0.8', 'min: 0.9'), known('pass')).slice(0, 1), [
      'check-fails at "0.9": The value is 0.79, its interval [0.77, 0.81], from 4,000 rows: outside the bound as it is written here.',
    ]);
  });

  test('a check that asks something else now gets no old answer', () => {
    for (const [from, to] of [
      ['metric: roc_auc', 'metric: accuracy'],
      ['confidence: 0.95', 'confidence: 0.9'],
      ['label: defaulted', 'label: defaulted\n    threshold: 0.4'],
      ['mlflow: mlflow.db', 'mlflow: other.db'],
    ] as const) {
      const changed = text.replace(from, to);
      assert.notEqual(changed, text);
      assert.deepEqual(
        remarks(changed, known('fail')).filter((each) => each.startsWith('check-fails at "0.8"')),
        [],
        to,
      );
    }
  });

  test('what can’t be evaluated for a reason that is said already is not said twice', () => {
    const typo = text
      .replace('metric: roc_auc', 'logged: val_los')
      .replace('  dataset: holdout\n', '')
      .replace('    confidence: 0.95\n', '');
    const found = remarks(typo.replace('  min: 0.8', 'min: 0.8'), known('not_evaluable', typo));
    assert.equal(found.filter((each) => each.startsWith('check-not-evaluable')).length, 0);
  });
});

describe('the other place that a mistake is about', () => {
  const related = (text: string): string[] =>
    diagnose(documentOf(text), nothingKnown).flatMap(({ code, related = [] }) =>
      related.map(
        ({ at }) => `${code}: ${'range' in at ? text.slice(at.range.offset, at.range.offset + at.range.length) : ''}`,
      ),
    );

  test('of bounds the wrong way round, the other bound', () => {
    assert.deepEqual(
      related(policyWith('a: { check: metric, metric: accuracy, dataset: holdout, min: 0.9, max: 0.2 }')),
      ['min-above-max: max'],
    );
  });

  test('of a key that stands twice, the first', () => {
    const text = policyWith('a: { check: metric, logged: x, max: 1, max: 2 }');
    const [twice] = diagnose(documentOf(text), nothingKnown);
    const [first] = twice?.related ?? [];
    assert.ok(first !== undefined && 'range' in first.at);
    assert.equal(first.at.range.offset, text.indexOf('max: 1'));
  });

  test('of a quorum larger than its people, the role', () => {
    assert.deepEqual(related(policyWith(AUC, (text) => text.replace('risk: 1', 'risk: 3'))), ['too-few-people: risk']);
  });
});

describe('a policy that asks less than the trusted branch', () => {
  const trusted = { branch: 'origin/main', policyText: policyWith(AUC) };

  test('is told so at the place, as information', () => {
    const text = policyWith(AUC.replace('min: 0.8', 'min: 0.7'));
    const known = knowing(undefined, { trusted });
    assert.deepEqual(remarks(text, known), [
      'weaker-than-trusted at "0.7": "min" is 0.7 here, and 0.8 on origin/main.',
    ]);
    assert.equal(diagnose(documentOf(text), known)[0]?.severity, 'information');
  });

  test('is told nothing when it asks as much, or when the other is broken', () => {
    assert.deepEqual(remarks(policyWith(AUC), knowing(undefined, { trusted })), []);
    const broken = { branch: 'main', policyText: 'version: [' };
    assert.deepEqual(remarks(policyWith(AUC), knowing(undefined, { trusted: broken })), []);
  });
});
