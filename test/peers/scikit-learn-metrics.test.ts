import { test } from 'node:test';
import { accuracy } from '../../src/metrics/accuracy.ts';
import { confusionCounts } from '../../src/metrics/confusion.ts';
import { f1 } from '../../src/metrics/f1.ts';
import { logLoss } from '../../src/metrics/log-loss.ts';
import { precision } from '../../src/metrics/precision.ts';
import { predictAtThreshold } from '../../src/metrics/predictions.ts';
import { recall } from '../../src/metrics/recall.ts';
import { rocAuc } from '../../src/metrics/roc-auc.ts';
import { scoreTable } from '../../src/metrics/score-table.ts';
import { assertEqualTo12, runPython, unlessPython } from './python.ts';

interface GeneratedTable {
  readonly name: string;
  readonly labels: number[];
  readonly scores: number[];
  readonly weights: number[] | null;
  readonly threshold: number;
}

const SCIKIT_LEARN = `
import json, math, sys
import numpy as np
from sklearn import metrics as m
answers = []
for t in json.load(sys.stdin):
    y, s = np.array(t['labels']), np.array(t['scores'])
    w = None if t['weights'] is None else np.array(t['weights'])
    p = (s >= t['threshold']).astype(int)
    kept = np.ones(len(y), bool) if w is None else w > 0
    values = {
        'accuracy': m.accuracy_score(y, p, sample_weight=w),
        'precision': m.precision_score(y, p, sample_weight=w),
        'recall': m.recall_score(y, p, sample_weight=w),
        'f1': m.f1_score(y, p, sample_weight=w),
        'log_loss': m.log_loss(y, s, sample_weight=w, labels=[0, 1]),
        'roc_auc': m.roc_auc_score(y, s, sample_weight=w) if len(set(y[kept])) == 2 else math.nan,
    }
    answers.append({k: None if math.isnan(v) else float(v) for k, v in values.items()})
print(json.dumps(answers))
`;

/** A seeded generator, so that every run compares the same tables (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function generatedTables(): GeneratedTable[] {
  const shapes = [
    { name: 'plain', rows: 500, rate: 0.4, score: (random: number) => random },
    { name: 'ties', rows: 400, rate: 0.3, score: (random: number) => Math.round(random * 5) / 5 },
    { name: 'one row', rows: 1, rate: 0.5, score: (random: number) => random },
    { name: 'two rows', rows: 2, rate: 0.5, score: (random: number) => random },
    { name: 'all positive', rows: 50, rate: 1, score: (random: number) => random },
    { name: 'all negative', rows: 50, rate: 0, score: (random: number) => random },
    { name: 'all scores equal', rows: 60, rate: 0.5, score: () => 0.5 },
    { name: 'certain', rows: 80, rate: 0.5, score: (random: number) => (random < 0.5 ? 0 : 1) },
    { name: 'extreme imbalance', rows: 5000, rate: 0.001, score: (random: number) => random },
    { name: 'tiny scores', rows: 300, rate: 0.5, score: (random: number) => random * 1e-300 },
    {
      name: 'near the ends',
      rows: 300,
      rate: 0.5,
      score: (random: number) => (random < 0.5 ? random * 1e-17 : 1 - random * 1e-15),
    },
    { name: 'many rows', rows: 30_000, rate: 0.2, score: (random: number) => random ** 3 },
  ];
  const weighings: [string, ((random: number) => number) | null][] = [
    ['', null],
    [', whole weights', (random: number) => Math.floor(random * 4)],
    [', weights', (random: number) => random * 100],
    [', weights of all sizes', (random: number) => 10 ** (random * 12 - 6)],
    [', mostly weightless', (random: number) => (random < 0.9 ? 0 : 1)],
  ];
  const tables: GeneratedTable[] = [];
  for (const shape of shapes) {
    for (const [suffix, weigh] of weighings) {
      const random = randomFrom(tables.length + 1);
      const labels = Array.from({ length: shape.rows }, () => (random() < shape.rate ? 1 : 0));
      const scores = labels.map((label) => shape.score(Math.min(random() * (label ? 1 : 0.9) + (label ? 0.05 : 0), 1)));
      const weights: number[] | null = weigh ? labels.map(() => weigh(random())) : null;
      if (weights?.some((weight) => weight > 0) === false) weights[0] = 1;
      tables.push({
        name: shape.name + suffix,
        labels,
        scores,
        weights,
        threshold: tables.length % 3 === 0 ? 0.5 : 0.3,
      });
    }
  }
  return tables;
}

function ourValues({ labels, scores, weights, threshold }: GeneratedTable): Record<string, number> {
  const truth = Uint8Array.from(labels);
  const given = Float64Array.from(scores);
  const weighing = weights ? Float64Array.from(weights) : undefined;
  const counts = confusionCounts(truth, predictAtThreshold(given, threshold), weighing);
  return {
    accuracy: accuracy(counts).value,
    precision: precision(counts).value,
    recall: recall(counts).value,
    f1: f1(counts).value,
    log_loss: logLoss(given, truth, weighing),
    roc_auc: rocAuc(scoreTable(given, truth, weighing)),
  };
}

test('the six metrics equal scikit-learn’s on 60 tables of every awkward shape', unlessPython, () => {
  const tables = generatedTables();
  const expected = runPython(SCIKIT_LEARN, tables) as Record<string, number | null>[];
  for (const [index, table] of tables.entries()) {
    const ours = ourValues(table);
    for (const [metric, value] of Object.entries(expected[index] ?? {})) {
      assertEqualTo12(ours[metric] as number, value, `${metric} of “${table.name}”`);
    }
  }
});
