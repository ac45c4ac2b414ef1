import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, jsonNumber } from '../../base/lenient-json.ts';
import { fail, type Result, succeed } from '../../base/result.ts';

/** One row that LIME explained. */
export interface LimeRow {
  /** What each weight belongs to: names, or conditions on a feature such as `age > 40.00`, or numbers of features. */
  readonly weights: readonly LimeWeight[];
  /** R² of the local surrogate; undefined where the file does not say. */
  readonly score: number | undefined;
}

export interface LimeWeight {
  readonly feature: string;
  readonly weight: number;
}

export interface LimeExplanation {
  readonly rows: readonly LimeRow[];
  /** Every feature that the file names, explained or not. */
  readonly features: readonly string[];
  /** Whether the file or the policy names every feature; a list names only those that LIME was asked for. */
  readonly namesAll: boolean;
  /** Whether some features are known by number only. */
  readonly unnamed: number;
}

export interface LimeHints {
  readonly columns: readonly string[] | undefined;
  /** The key of `as_map` (the label that was explained), where there are several. */
  readonly label: string | undefined;
  /** Of two outputs each explains the other with its signs turned; of more, every one is explained for itself. */
  readonly outputs: 'two' | 'more';
}

const NUMBER = '[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?|nan|[-+]?inf';
const BETWEEN = new RegExp(`^(?:${NUMBER}) <=? (.+) <=? (?:${NUMBER})$`, 's');
const ONE_SIDED = new RegExp(`^(.+) (?:<=|>=|<|>) (?:${NUMBER})$`, 's');

/**
 * Reads LIME explanations from JSON: a list of them, `{"explanations": […]}`, or one; each an object with `as_list` or
 * `as_map` and `score`, or what `as_list()` or `as_map()` gave. Problems continue "the explanation …".
 */
export function readLime(document: JsonValue, hints: LimeHints): Result<LimeExplanation> {
  const top = isJsonObject(document) ? document : undefined;
  const listed = top?.get('explanations') ?? (isListOfExplanations(document) ? document : [document]);
  if (!isJsonArray(listed) || listed.length === 0) return fail('lime-empty', 'explains no row');
  const named = top?.get('feature_names');
  const names = hints.columns ?? (isJsonArray(named) ? named.map(String) : undefined);
  const rows: LimeRow[] = [];
  let unnamed = 0;
  for (const [index, each] of listed.entries()) {
    const row = readRow(each, names, hints);
    if (!row.ok) return fail(row.problem.code, `${row.problem.message} (explained row ${index + 1})`);
    rows.push(row.value);
    unnamed += row.value.unnamed;
  }
  const features = new Set([...(names ?? []), ...rows.flatMap(({ weights }) => weights.map(({ feature }) => feature))]);
  return succeed({ rows, features: [...features], namesAll: names !== undefined, unnamed });
}

/**
 * The feature that a condition of `as_list()` is about: `age > 40.00`, `20.50 < age <= 40.00`, `sex=male` and plain
 * names. A feature known by name wins over any reading.
 */
export function featureOfCondition(condition: string, known: readonly string[] | undefined): string {
  const text = condition.trim();
  if (known?.includes(text)) return text;
  const between = BETWEEN.exec(text)?.[1] ?? ONE_SIDED.exec(text)?.[1];
  if (between !== undefined) return between;
  // The longest known name before a "=" wins, since names and values may have a "=" in them.
  const equals = [...text.matchAll(/=/g)].map(({ index }) => text.slice(0, index));
  return equals.findLast((name) => known?.includes(name)) ?? equals[0] ?? text;
}

type ReadRow = LimeRow & { readonly unnamed: number };

function readRow(value: JsonValue, names: readonly string[] | undefined, hints: LimeHints): Result<ReadRow> {
  const list = isJsonObject(value) ? value.get('as_list') : value;
  const map = isJsonObject(value) ? (value.get('as_map') ?? (value.has('as_list') ? undefined : value)) : undefined;
  const score = isJsonObject(value) ? scoreOf(value, hints) : undefined;
  if (isJsonArray(list)) {
    const weights = list.map((pair) => weightOf(pair, (first) => (typeof first === 'string' ? first : undefined)));
    const conditions = weights.map((each) => each && { ...each, feature: featureOfCondition(each.feature, names) });
    return finished(conditions, score, 0);
  }
  const pairs = isJsonObject(map) ? pairsOf(map, hints) : undefined;
  if (pairs === undefined) {
    const which = hints.label === undefined ? 'one label' : `the label ${hints.label}`;
    return fail('lime-shape', `has neither \`as_list\` nor an \`as_map\` of ${which}`);
  }
  const weights = pairs.map((pair) =>
    weightOf(pair, (first) => {
      const index = jsonNumber(first);
      if (index === undefined || !Number.isInteger(index) || index < 0) return undefined;
      return names?.[index] ?? `feature number ${index}`;
    }),
  );
  return finished(weights, score, names === undefined ? weights.length : 0);
}

function finished(
  weights: readonly (LimeWeight | undefined)[],
  score: number | undefined,
  unnamed: number,
): Result<ReadRow> {
  const found = weights.filter((weight) => weight !== undefined);
  if (found.length !== weights.length)
    return fail('lime-shape', 'has an entry that is not a feature with a finite weight');
  if (found.length === 0) return fail('lime-empty', 'has an empty list of features');
  return succeed({ weights: found, score, unnamed });
}

function weightOf(pair: JsonValue, nameOf: (first: JsonValue) => string | undefined): LimeWeight | undefined {
  if (!isJsonArray(pair) || pair.length !== 2) return undefined;
  const [first = null, second] = pair;
  const feature = nameOf(first);
  const weight = jsonNumber(second);
  if (feature === undefined || feature.trim() === '' || weight === undefined || !Number.isFinite(weight))
    return undefined;
  return { feature, weight };
}

/** The list of the label that was explained: the one asked for, else the only one. */
function pairsOf(map: JsonObject, hints: LimeHints): readonly JsonValue[] | undefined {
  const { label } = hints;
  const lists = [...map].filter(([key, value]) => isJsonArray(value) && /^-?\d+$/.test(key));
  const [, only] =
    (label === undefined ? undefined : lists.find(([key]) => key === label)) ??
    (lists.length === 1 && mayBeOther(hints) ? lists[0] : undefined) ??
    [];
  return isJsonArray(only) ? only : undefined;
}

/** A number; or one for each label. */
function scoreOf(row: JsonObject, hints: LimeHints): number | undefined {
  const { label } = hints;
  const score = row.get('score');
  if (!isJsonObject(score)) return jsonNumber(score);
  if (label !== undefined && score.has(label)) return jsonNumber(score.get(label));
  return score.size === 1 && mayBeOther(hints) ? jsonNumber([...score.values()][0]) : undefined;
}

/** Whether the only label there may be meant, though it is not the one asked for; names of classes are not in the file. */
function mayBeOther({ label, outputs }: LimeHints): boolean {
  return label === undefined || outputs === 'two' || !/^\d+$/.test(label);
}

/** `as_list()` alone is a list, too: of pairs of a text and a number. */
function isListOfExplanations(document: JsonValue): boolean {
  if (!isJsonArray(document)) return false;
  return !document.every((pair) => isJsonArray(pair) && pair.length === 2 && typeof pair[0] === 'string');
}
