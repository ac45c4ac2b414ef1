import { perQuery, type QueryValues, relevantIn } from './per-query.ts';
import type { RankedQueries } from './ranked-queries.ts';

/**
 * For each query the reciprocal rank of its first relevant row, 1 for the first place; their mean is the mean
 * reciprocal rank. Expected over the orders of ties: with r relevant among n ties, the chance that the first is at
 * place j is C(n − j, r − 1) / C(n, r).
 */
export function mrr(ranked: RankedQueries): QueryValues {
  return perQuery(ranked, (_, start) => {
    let tieStart = start;
    let tieEnd = ranked.tieEnds[start] as number;
    let relevant = relevantIn(ranked, tieStart, tieEnd);
    while (relevant === 0) {
      tieStart = tieEnd;
      tieEnd = ranked.tieEnds[tieStart] as number;
      relevant = relevantIn(ranked, tieStart, tieEnd);
    }
    return reciprocalRank(tieStart - start, tieEnd - tieStart, relevant);
  });
}

function reciprocalRank(before: number, ties: number, relevant: number): number {
  let chance = relevant / ties;
  let expected = 0;
  for (let place = 1; place <= ties - relevant + 1; place += 1) {
    expected += chance / (before + place);
    chance *= (ties - place - relevant + 1) / (ties - place);
  }
  return expected;
}
