import { binCounts, equalEdges } from '../../metrics/reduce/bin-counts.ts';
import { extentOf } from '../../metrics/reduce/extent.ts';
import type { Policy } from '../../policy/schema.ts';
import { DEFAULT_THRESHOLD } from '../rows/binary-rows.ts';
import type { DatasetRows } from '../rows/dataset-rows.ts';
import { decidingThreshold } from './classifier-curves.ts';
import type { ScoreDistributionPlot } from './plot.ts';
import { countsAtThresholds, thresholdReadings } from './threshold-table.ts';

const BINS = 50;
const THRESHOLDS_IN_BIN = 2;

/**
 * The scores of both classes in bins, and a table of thresholds. Thresholds are where the bins' edges are, halfway
 * between, and the policy's own, so that at each the counts are those of a check with that threshold.
 */
export function scoreDistributionPlot(
  rows: DatasetRows,
  policy: Policy,
): Omit<ScoreDistributionPlot, 'id' | 'checks'> | undefined {
  if (rows.task !== 'binary') return undefined;
  const scores = rows.binary.scores();
  const labels = rows.binary.labels();
  const weights = rows.weights();
  if (!scores.ok || !labels.ok || !weights.ok) return undefined;
  const range = rangeOf(scores.value);
  if (range === undefined) return undefined;
  const fine = equalEdges(...range, BINS * THRESHOLDS_IN_BIN);
  const declared = rows.dataset.threshold ?? DEFAULT_THRESHOLD;
  const isInside = declared > range[0] && declared < range[1];
  const edges = [...new Set(isInside ? [...fine, declared] : fine)].sort((a, b) => a - b);
  const counted = binCounts(scores.value, edges, labels.value.flags, weights.value);
  const counts = countsAtThresholds(counted);
  return {
    ...{ kind: 'score-distribution', dataset: rows.name, threshold: decidingThreshold(rows) },
    edges: fine.filter((_, index) => index % THRESHOLDS_IN_BIN === 0),
    positives: joined(counted.positives, edges, fine),
    negatives: joined(counted.negatives, edges, fine),
    unit: rows.dataset.weight === undefined ? 'rows' : 'weight',
    thresholds: edges.slice(0, -1),
    readings: thresholdReadings(counts, rows.name, policy),
  };
}

/** [0, 1] for probabilities; else from the least to the largest score. */
function rangeOf(scores: Float64Array): readonly [number, number] | undefined {
  const [least, most] = extentOf(scores);
  if (least >= 0 && most <= 1) return [0, 1];
  return least < most ? [least, most] : undefined;
}

/** The counts of fine bins, added up in the bins that are drawn. */
function joined(counts: Float64Array, edges: readonly number[], fine: readonly number[]): number[] {
  const sums = new Array<number>(BINS).fill(0);
  let bin = 0;
  for (const [index, count] of counts.entries()) {
    while (bin < BINS - 1 && (edges[index] as number) >= (fine[(bin + 1) * THRESHOLDS_IN_BIN] as number)) bin += 1;
    sums[bin] = (sums[bin] as number) + count;
  }
  return sums;
}
