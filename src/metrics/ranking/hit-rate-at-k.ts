import { perQuery, type QueryValues, relevantIn } from './per-query.ts';
import type { RankedQueries } from './ranked-queries.ts';

/**
 * For each query 1 if a relevant row is among the first k, else 0; where that hangs on the order of ties, its
 * probability: 1 − C(n − r, m) / C(n, m) for m places among n ties with r relevant.
 *
 * @param k at least 1
 */
export function hitRateAtK(ranked: RankedQueries, k: number): QueryValues {
  return perQuery(ranked, (_, start, end) => {
    const cut = Math.min(start + k, end);
    const tieStart = ranked.tieStarts[cut - 1] as number;
    const tieEnd = ranked.tieEnds[cut - 1] as number;
    if (relevantIn(ranked, start, tieStart) > 0) return 1;
    const ties = tieEnd - tieStart;
    const irrelevant = ties - relevantIn(ranked, tieStart, tieEnd);
    let missed = 1;
    for (let place = 0; place < cut - tieStart && missed > 0; place += 1)
      missed *= (irrelevant - place) / (ties - place);
    return 1 - missed;
  });
}
