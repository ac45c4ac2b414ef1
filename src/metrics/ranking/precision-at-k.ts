import { perQuery, type QueryValues, relevantIn } from './per-query.ts';
import type { RankedQueries } from './ranked-queries.ts';

/**
 * For each query the relevant among the first k rows, divided by k (also where the query has fewer rows). Expected over
 * the orders of ties.
 *
 * @param k at least 1
 */
export function precisionAtK(ranked: RankedQueries, k: number): QueryValues {
  return perQuery(ranked, (_, start, end) => relevantInFirst(ranked, start, end, k) / k);
}

/**
 * For each query the relevant among the first k rows, divided by all that are relevant. Expected over the orders of
 * ties. A query without relevant rows, 0/0, has 0 and is counted.
 *
 * @param k at least 1
 */
export function recallAtK(ranked: RankedQueries, k: number): QueryValues {
  return perQuery(ranked, (_, start, end, relevant) => relevantInFirst(ranked, start, end, k) / relevant);
}

/** The expected number of relevant rows among the first k. */
function relevantInFirst(ranked: RankedQueries, start: number, end: number, k: number): number {
  const cut = Math.min(start + k, end);
  const tieStart = ranked.tieStarts[cut - 1] as number;
  const tieEnd = ranked.tieEnds[cut - 1] as number;
  const share = (cut - tieStart) / (tieEnd - tieStart);
  return relevantIn(ranked, start, tieStart) + share * relevantIn(ranked, tieStart, tieEnd);
}
