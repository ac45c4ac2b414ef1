import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Translate } from '../../../../src/base/translate.ts';
import type { OutcomeComparison } from '../../../../src/checks/comparison/compare-outcomes.ts';
import type { Outcome } from '../../../../src/checks/outcome.ts';
import { differencesPlot } from '../../../../src/checks/plots/differences.ts';
import { runsPlots } from '../../../../src/checks/plots/history.ts';
import type { Plot } from '../../../../src/checks/plots/plot.ts';
import { metricLabel } from '../../../../src/checks/words.ts';
import type { Policy } from '../../../../src/policy/schema.ts';
import type { Picture } from '../../../../src/report/pictures/picture.ts';
import type { Run } from '../../../../src/runs/run.ts';
import { evaluated } from '../../checks/support/assess-rows.ts';
import { picturesOf, wordsOf } from './support/drawn.ts';
import { everyKind } from './support/every-kind.ts';
import { FURTHER_KINDS } from './support/further-kinds.ts';

/** Marks what stands in the source and leaves the values between it bare, so that no English hides among them. */
const marked: Translate = (message, ...values) =>
  message
    .split(/(\{\d+\})/)
    .map((part) => (/^\{\d+\}$/.test(part) ? String(values[Number(part.slice(1, -1))]) : `⟦${part}⟧`))
    .join('');

/** Names from the tables and policies of the samples; those of metrics, methods and statistics are the policy's. */
const NAMES = [
  ...['d', 'e', 'g', 'gruppo', 'other', 'colonna', 'plain', 'small', 'large', 'cat', 'dog', 'eel', 'production', 'id'],
  ...['loss', 'auc', 'none', 'a', 'b', 'c', 'k', 'KS', 'SHAP', 'LIME', 'sd', 'x', 'Δ'],
];
const METRICS = [
  ...[
    'roc_auc',
    'average_precision',
    'recall',
    'precision',
    'f1',
    'accuracy',
    'specificity',
    'negative_predictive_value',
  ],
  ...['ks', 'ndcg_at_k', 'expected_value', 'expected_calibration_error', 'mean_absolute_error'],
  ...[
    'statistical_parity_difference',
    'false_positive_rate',
    'selection_rate',
    'balanced_accuracy',
    'log_loss',
    'matthews_corrcoef',
  ],
].map(metricLabel);
/** `p95`, `1.2M`, and of a date: `3 Nov 2026`. */
const NUMBERS = /\bp\d+(\.\d+)?\b|\d[kMG]\b|\d{1,2} [A-Z][a-z]{2} \d{4}|\d{4}-\d\d-\d\dT[\d:.]+Z/g;

interface Sample {
  readonly plots: readonly Plot[];
  readonly policy: Policy;
  readonly outcomes: ReadonlyMap<string, Outcome>;
}

/** Every plot of every sample, with what the checks themselves say of it. */
async function samples(): Promise<readonly Sample[]> {
  const made = [everyKind('gruppo', 'colonna'), ...Object.values(FURTHER_KINDS)];
  const fromChecks = await Promise.all(
    made.map(async (each): Promise<Sample> => {
      const { plots, policy, outcomes } = await evaluated(each);
      return { plots, policy, outcomes: new Map(Object.entries(outcomes)) };
    }),
  );
  return [...fromChecks, ofSeveralRuns()];
}

function ofSeveralRuns(): Sample {
  const run = (id: string, startTime: number, value: number): Run =>
    ({ id, name: id, startTime, metrics: new Map([['loss', { step: 0, timestamp: 0, value }]]) }) as unknown as Run;
  const runs = [run('c', 3, 0.2), run('a', 1, 0.3), run('b', 2, 0.1)];
  const policy = {
    checks: {
      loss: { check: 'metric', logged: 'loss', max: 0.2 },
      auc: { check: 'metric', metric: 'roc_auc', dataset: 'd' },
    },
  } as unknown as Policy;
  const compared = [{ id: 'auc', differences: [{ name: '', drop: 0.1, interval: [0, 0.2], rows: 5 }] }];
  const differences = differencesPlot(compared as unknown as readonly OutcomeComparison[], policy);
  assert.ok(differences);
  return { plots: [...runsPlots(policy, runs[0] as Run, runs), differences], policy, outcomes: new Map() };
}

function allWordsOf(picture: Picture): readonly string[] {
  const { table, slider, status } = picture;
  return [
    ...wordsOf(picture),
    ...table.columns.map(({ title }) => title),
    ...(status === undefined ? [] : [status.word]),
    ...(slider === undefined ? [] : [slider.label, ...slider.readings.flatMap(({ name, bound }) => [name, bound])]),
  ];
}

/** What is left of a text without what is marked, what the checks say, and names. */
function english(text: string, { outcomes }: Sample): string {
  const said = [...outcomes.values()].flatMap(({ title, message, parts = [] }) => [
    ...[message, message.replace(/\.$/, ''), title],
    ...parts.map(({ name }) => name),
  ]);
  const longestFirst = [...said, ...METRICS].filter((each) => each !== '').toSorted((a, b) => b.length - a.length);
  // Where there is no room a text ends in dots, a mark within it too.
  if (text.endsWith('…') && longestFirst.some((each) => each.startsWith(text.slice(0, -1)))) return '';
  let left = text.replaceAll(/⟦[^⟧]*(⟧|…$)/g, ' ').replaceAll(NUMBERS, ' ');
  for (const each of longestFirst) left = left.replaceAll(each, ' ');
  for (const name of NAMES) left = left.replaceAll(new RegExp(`(?<!\\p{L})${name}(?!\\p{L})`, 'gu'), ' ');
  return left.trim();
}

describe('the words in pictures', () => {
  const made = samples();

  test('come from samples of every kind of plot', async () => {
    const kinds = (await made).flatMap(({ plots }) => plots.map(({ kind }) => kind));
    const all: Readonly<Record<Plot['kind'], true>> = {
      ...{ roc: true, 'precision-recall': true, confusion: true, calibration: true, 'score-distribution': true },
      ...{ 'predicted-actual': true, residuals: true, ranking: true, parts: true, drift: true, importance: true },
      ...{ beeswarm: true, percentiles: true, steps: true, runs: true, values: true },
    };
    assert.deepEqual([...new Set(kinds)].sort(), Object.keys(all).sort());
  });

  test('are in the reader’s language, all but names and what the checks say', async () => {
    const untranslated: string[] = [];
    for (const sample of await made) {
      const { plots, ...context } = sample;
      for (const [id, picture] of picturesOf(plots, { ...context, t: marked })) {
        for (const text of allWordsOf(picture)) {
          const left = english(text, sample);
          if (/\p{L}/u.test(left)) untranslated.push(`${id}: “${left}” of “${text}”`);
        }
      }
    }
    assert.deepEqual([...new Set(untranslated)], []);
  });

  test('are English where no translation is given, and nothing but words depends on it', async () => {
    const unfilled: Translate = (message) => message;
    for (const { plots, ...context } of await made) {
      const plain = picturesOf(plots, context);
      const other = picturesOf(plots, { ...context, t: unfilled });
      assert.deepEqual([...plain.keys()], [...other.keys()]);
      for (const [id, picture] of plain) {
        assert.doesNotMatch(allWordsOf(picture).join('\n'), /\{\d\}/, id);
        assert.deepEqual(picture.status?.status, other.get(id)?.status?.status);
      }
    }
  });
});
