/** What is known of one column of a prediction table. */
export interface ColumnSketch {
  readonly name: string;
  /** Distinct values, at most `MOST_DISTINCT` of them; numbers where the file has numbers. */
  readonly distinct: readonly (number | string)[];
  /** Whether there are more distinct values than were kept. */
  readonly more: boolean;
  readonly numeric: boolean;
  /** Smallest and largest value of a numeric column. */
  readonly range: readonly [number, number] | undefined;
  readonly missing: number;
  /** No value stands twice, and none is missing. */
  readonly unique: boolean;
}

export const MOST_DISTINCT = 50;

/** The parts that the columns of a binary classifier's prediction table seem to play. */
export interface BinaryColumns {
  readonly label: string;
  readonly score: string;
  readonly prediction: string | undefined;
  readonly positive: number | string;
  readonly key: string | undefined;
  /** Columns that people are often treated unequally by. */
  readonly groups: readonly { readonly column: string; readonly values: readonly string[]; readonly binned: boolean }[];
}

const LABEL_NAMES = /^(?:label|target|y|y_?true|actual|truth|ground_?truth|outcome|class)$/i;
const SCORE_NAMES = /^(?:score|scores|p|prob|proba|probability|y_?score|y_?prob|y_?proba|p_.+|prob_.+|score_.+)$/i;
const PREDICTION_NAMES = /^(?:pred|prediction|predicted|y_?pred|y_?hat|decision)$/i;
const KEY_NAMES = /(?:^|_)(?:id|key|uuid|no|number)$/i;
const GROUP_NAMES =
  /^(?:sex|gender|race|ethnicity|ethnic_group|nationality|religion|marital_status|disability|age|age_group|age_band|region)$/i;

/**
 * Guesses which column is which by name and content. The score must be a probability and the label must have two
 * values; a table without both is not a binary classifier's, and nothing is guessed.
 */
export function guessBinaryColumns(columns: readonly ColumnSketch[]): BinaryColumns | undefined {
  const score = best(columns.filter(isProbability), SCORE_NAMES);
  if (score === undefined) return undefined;
  const twoValued = columns.filter((column) => !column.more && column.distinct.length === 2 && column.missing === 0);
  const prediction = twoValued.find(({ name }) => PREDICTION_NAMES.test(name));
  const label = bestLabel(
    twoValued.filter((column) => column !== prediction),
    score,
  );
  if (label === undefined) return undefined;
  const taken = new Set([score.name, label.name, prediction?.name]);
  const others = columns.filter(({ name }) => !taken.has(name));
  return {
    label: label.name,
    score: score.name,
    prediction: prediction?.name,
    positive: positiveOf(label),
    key: others.find(({ name, unique }) => unique && KEY_NAMES.test(name))?.name,
    groups: others.filter(({ name }) => GROUP_NAMES.test(name)).flatMap(groupOf),
  };
}

function isProbability({ numeric, range, missing, distinct, more }: ColumnSketch): boolean {
  if (!numeric || range === undefined || missing > 0) return false;
  const [low, high] = range;
  return low >= 0 && high <= 1 && (more || distinct.some((value) => value !== 0 && value !== 1));
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
  return (
    akin ??
    best(
      candidates.filter(({ numeric }) => numeric),
      LABEL_NAMES,
    ) ??
    best(candidates, LABEL_NAMES)
  );
}

function positiveOf({ distinct }: ColumnSketch): number | string {
  const sorted = [...distinct].sort((a, b) => (a < b ? -1 : 1));
  const known = sorted.find((value) => /^(?:1|true|yes|y|positive|pos|bad|default|fraud)$/i.test(String(value)));
  return known ?? sorted[1] ?? 1;
}

function groupOf({ name, distinct, more, numeric }: ColumnSketch): BinaryColumns['groups'] {
  if (numeric && /^age$/i.test(name)) return [{ column: name, values: [], binned: true }];
  if (more || distinct.length < 2 || distinct.length > 12) return [];
  return [{ column: name, values: distinct.map(String).sort(), binned: false }];
}
