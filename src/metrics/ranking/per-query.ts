import type { RankedQueries } from './ranked-queries.ts';

/** A metric's value for each query, to be averaged or resampled. */
export interface QueryValues {
  readonly values: Float64Array;
  /** Queries without any relevant row; their value is 0, as in scikit-learn's `ndcg_score`. */
  readonly withoutRelevant: number;
}

/** The mean over the queries: NaN without queries, or without weight. */
export function meanOverQueries({ values }: QueryValues, weights?: Float64Array): number {
  let sum = 0;
  let lost = 0;
  let total = 0;
  for (let query = 0; query < values.length; query += 1) {
    const weight = weights ? (weights[query] as number) : 1;
    const term = weight * (values[query] as number);
    const next = sum + term;
    lost += sum >= term ? sum - next + term : term - next + sum;
    sum = next;
    total += weight;
  }
  return (sum + lost) / total;
}

/** A query's weight is the mean of its rows' weights. */
export function queryWeights(queries: Int32Array, count: number, rowWeights: Float64Array): Float64Array {
  const sums = new Float64Array(count);
  const rows = new Float64Array(count);
  for (let row = 0; row < queries.length; row += 1) {
    const query = queries[row] as number;
    sums[query] = (sums[query] as number) + (rowWeights[row] as number);
    rows[query] = (rows[query] as number) + 1;
  }
  return sums.map((sum, query) => sum / (rows[query] as number));
}

/** The value of the query whose rows go from `start` to before `end`, of which `relevant` are relevant: 1 or more. */
export type QueryMetric = (ranked: RankedQueries, start: number, end: number, relevant: number) => number;

/** The metric for each query that has a relevant row; 0 for the others. */
export function perQuery(ranked: RankedQueries, metric: QueryMetric): QueryValues {
  const values = new Float64Array(ranked.queries);
  let withoutRelevant = 0;
  for (let query = 0; query < ranked.queries; query += 1) {
    const start = ranked.starts[query] as number;
    const end = ranked.starts[query + 1] as number;
    const relevant = relevantIn(ranked, start, end);
    if (relevant === 0) withoutRelevant += 1;
    else values[query] = metric(ranked, start, end, relevant);
  }
  return { values, withoutRelevant };
}

/** How many rows from `start` to before `end` are relevant. */
export function relevantIn({ relevance }: RankedQueries, start: number, end: number): number {
  let relevant = 0;
  for (let row = start; row < end; row += 1) if ((relevance[row] as number) > 0) relevant += 1;
  return relevant;
}
