import { perQuery, type QueryValues } from './per-query.ts';
import type { RankedQueries } from './ranked-queries.ts';

/**
 * For each query the discounted gain of its first k rows, Σ relevance / log₂(rank + 1), divided by that of the best
 * order: scikit-learn's `ndcg_score` with `ignore_ties=False`: tied rows share their mean relevance. The gain is the
 * relevance itself, not 2^relevance − 1. A query of one row, which scikit-learn refuses, has 1 if that is relevant.
 *
 * Source: K. Järvelin, J. Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM TOIS 20 (2002).
 *
 * @param k at least 1
 */
export function ndcgAtK(ranked: RankedQueries, k: number): QueryValues {
  const discounts = discountsOf(ranked, k);
  return perQuery(ranked, (_, start, end) => {
    const cut = Math.min(start + k, end);
    let gain = 0;
    for (let tieStart = start; tieStart < cut; ) {
      const tieEnd = ranked.tieEnds[tieStart] as number;
      let relevance = 0;
      for (let row = tieStart; row < tieEnd; row += 1) relevance += ranked.relevance[row] as number;
      if (relevance > 0) {
        let discount = 0;
        for (let row = tieStart; row < Math.min(tieEnd, cut); row += 1) discount += discounts[row - start] as number;
        gain += (relevance / (tieEnd - tieStart)) * discount;
      }
      tieStart = tieEnd;
    }
    const best = ranked.relevance.slice(start, end).sort();
    let bestGain = 0;
    for (let place = 0; place < cut - start; place += 1)
      bestGain += (best[best.length - 1 - place] as number) * (discounts[place] as number);
    return Math.min(1, gain / bestGain);
  });
}

/** 1 / log₂(rank + 1) for as many ranks as the longest query needs. */
function discountsOf({ starts, queries }: RankedQueries, k: number): Float64Array {
  let longest = 0;
  for (let query = 0; query < queries; query += 1)
    longest = Math.max(longest, (starts[query + 1] as number) - (starts[query] as number));
  const discounts = new Float64Array(Math.min(longest, k));
  for (let place = 0; place < discounts.length; place += 1) discounts[place] = 1 / Math.log2(place + 2);
  return discounts;
}
