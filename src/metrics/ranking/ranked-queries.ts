import { sortFloats } from '../sort-floats.ts';

/**
 * Rows of all queries, in the order that the scores put them: query after query, each with its highest score first.
 * Rows of a query with equal scores are tied. No order among them is meant, so every metric is what it would be on
 * average over all orders of the ties; a model can't gain by giving everything one score, and the order of rows in a
 * file never shows.
 *
 * Source of that rule and its closed forms: F. McSherry, M. Najork, "Computing information retrieval performance
 * measures efficiently in the presence of tied scores", ECIR (2008). scikit-learn's `ndcg_score` does the same.
 */
export interface RankedQueries {
  /** How many queries there are. */
  readonly queries: number;
  /** Query q has the rows from `starts[q]` to before `starts[q + 1]`. */
  readonly starts: Int32Array;
  /** In the order of the scores. */
  readonly relevance: Float64Array;
  /** For each row, where its ties begin … */
  readonly tieStarts: Int32Array;
  /** … and before which row they end. */
  readonly tieEnds: Int32Array;
}

/**
 * @param queries the query of each row, from 0 to `count - 1`; rows of a query need not be together
 * @param count how many queries there are, each with at least one row
 * @param scores one finite number per row; the highest comes first
 * @param relevance one finite number per row, none negative; above 0 is relevant
 */
export function rankQueries(
  queries: Int32Array,
  count: number,
  scores: Float64Array,
  relevance: Float64Array,
): RankedQueries {
  const starts = startsOf(queries, count);
  const next = starts.slice();
  const rankedScores = new Float64Array(scores.length);
  const ranked = new Float64Array(scores.length);
  for (let row = 0; row < scores.length; row += 1) {
    const query = queries[row] as number;
    const place = next[query] as number;
    next[query] = place + 1;
    // Turned round, so that ascending order has the highest first.
    rankedScores[place] = -(scores[row] as number);
    ranked[place] = relevance[row] as number;
  }
  for (let query = 0; query < count; query += 1) {
    const start = starts[query] as number;
    const end = starts[query + 1] as number;
    if (end - start < 2) continue;
    const relevances = ranked.slice(start, end);
    const { sorted, carried = relevances } = sortFloats(rankedScores.slice(start, end), relevances);
    rankedScores.set(sorted, start);
    ranked.set(carried, start);
  }
  return { queries: count, starts, relevance: ranked, ...tiesOf(starts, rankedScores) };
}

function startsOf(queries: Int32Array, count: number): Int32Array {
  const starts = new Int32Array(count + 1);
  for (let row = 0; row < queries.length; row += 1) {
    const after = (queries[row] as number) + 1;
    starts[after] = (starts[after] as number) + 1;
  }
  for (let query = 0; query < count; query += 1)
    starts[query + 1] = (starts[query + 1] as number) + (starts[query] as number);
  return starts;
}

function tiesOf(starts: Int32Array, scores: Float64Array): { tieStarts: Int32Array; tieEnds: Int32Array } {
  const tieStarts = new Int32Array(scores.length);
  const tieEnds = new Int32Array(scores.length);
  for (let query = 0; query + 1 < starts.length; query += 1) {
    const end = starts[query + 1] as number;
    let start = starts[query] as number;
    for (let row = start; row < end; row += 1) {
      if (scores[row] !== scores[start]) start = row;
      tieStarts[row] = start;
    }
    let after = end;
    for (let row = end - 1; row >= (starts[query] as number); row -= 1) {
      tieEnds[row] = after;
      if (tieStarts[row] === row) after = row;
    }
  }
  return { tieStarts, tieEnds };
}
