import { groupsAmong, keyAmong, LABEL_NAMES, PREDICTION_NAMES, SCORE_NAMES } from './column-names.ts';
import { type ColumnSketch, isProbability } from './column-sketch.ts';
import type { GuessedTable } from './guessed-table.ts';

/**
 * Guesses which column is which of a binary classifier's table, by name and content. The score must be a probability and
 * the label must have two values; a table without both is not a binary classifier's.
 */
export function guessBinary(columns: readonly ColumnSketch[]): GuessedTable | undefined {
  const score = best(columns.filter(isProbability), SCORE_NAMES);
  if (score === undefined) return undefined;
  const twoValued = columns.filter((column) => !column.more && column.distinct.length === 2 && column.missing === 0);
  const prediction = twoValued.find(({ name }) => PREDICTION_NAMES.test(name));
  const label = bestLabel(
    twoValued.filter((column) => column !== prediction),
    score,
  );
  if (label === undefined) return undefined;
  const others = columns.filter((column) => ![score, label, prediction].includes(column));
  const key = keyAmong(others);
  return {
    task: 'binary',
    fields: {
      label: label.name,
      score: score.name,
      ...(prediction === undefined ? {} : { prediction: prediction.name }),
      positive: positiveOf(label),
      ...(key === undefined ? {} : { key }),
    },
    groups: groupsAmong(others),
  };
}

function best(candidates: readonly ColumnSketch[], names: RegExp): ColumnSketch | undefined {
  return candidates.find(({ name }) => names.test(name)) ?? (candidates.length === 1 ? candidates[0] : undefined);
}

/** `p_default` scores `default…`: a score's name often holds the label's. */
function bestLabel(candidates: readonly ColumnSketch[], score: ColumnSketch): ColumnSketch | undefined {
  const named = candidates.find(({ name }) => LABEL_NAMES.test(name));
  if (named !== undefined) return named;
  const stem = score.name.replace(/^(?:p|prob|score)_/i, '').toLowerCase();
  const akin = candidates.find(({ name }) => name.toLowerCase().startsWith(stem));
  const numbers = candidates.filter(({ numeric }) => numeric);
  return akin ?? best(numbers, LABEL_NAMES) ?? best(candidates, LABEL_NAMES);
}

function positiveOf({ distinct }: ColumnSketch): number | string {
  const sorted = [...distinct].sort((a, b) => (a < b ? -1 : 1));
  const known = sorted.find((value) => /^(?:1|true|yes|y|positive|pos|bad|default|fraud)$/i.test(String(value)));
  return known ?? sorted[1] ?? 1;
}
