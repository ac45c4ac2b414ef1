import type { ScoreTable } from '../../metrics/score-table.ts';
import { sortFloats } from '../../metrics/sort-floats.ts';
import type { Units } from './units.ts';

/** The rows of a score table in the order of their scores. */
export interface RankedRows {
  /** The entry of each row. */
  readonly entryOf: Int32Array;
  readonly unitOf: Int32Array;
  /** 1 where the row is of the positive class. */
  readonly flags: Uint8Array;
  /** Each row's own weight; undefined where all are 1. */
  readonly own: Float64Array | undefined;
  /** Each distinct score. */
  readonly scores: Float64Array;
}

/** Fills one table, always the same, with what each row weighs when its unit weighs so much. */
export function tableOf({ entryOf, unitOf, flags, own, scores }: RankedRows): (weights: Float64Array) => ScoreTable {
  const positives = new Float64Array(scores.length);
  const negatives = new Float64Array(scores.length);
  return (weights) => {
    positives.fill(0);
    negatives.fill(0);
    for (let at = 0; at < entryOf.length; at += 1) {
      const drawn = weights[unitOf[at] as number] as number;
      if (drawn === 0) continue;
      const weight = own ? drawn * (own[at] as number) : drawn;
      const side = flags[at] === 1 ? positives : negatives;
      const entry = entryOf[at] as number;
      side[entry] = (side[entry] as number) + weight;
    }
    return { scores, positives, negatives };
  };
}

/** @param labels 1 where the ground truth is the positive class, else 0 */
export function rankRows(
  scores: Float64Array,
  labels: Uint8Array,
  weights: Float64Array | undefined,
  { codes }: Units,
): RankedRows {
  const rows = scores.length;
  const places = Float64Array.from({ length: rows }, (_, row) => row);
  const { sorted, carried = places } = sortFloats(scores.slice(), places);
  const unitOf = new Int32Array(rows);
  const flags = new Uint8Array(rows);
  const own = weights && new Float64Array(rows);
  const entryOf = new Int32Array(rows);
  let entries = 0;
  for (let at = 0; at < rows; at += 1) {
    const row = carried[at] as number;
    unitOf[at] = codes ? (codes[row] as number) : row;
    flags[at] = labels[row] as number;
    if (own) own[at] = (weights as Float64Array)[row] as number;
    if (at > 0 && sorted[at] !== sorted[at - 1]) entries += 1;
    entryOf[at] = entries;
  }
  const distinct = new Float64Array(rows > 0 ? entries + 1 : 0);
  for (let at = 0; at < rows; at += 1) distinct[entryOf[at] as number] = sorted[at] as number;
  return { entryOf, unitOf, flags, own, scores: distinct };
}
