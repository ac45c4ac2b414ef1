import { perQuery, type QueryValues, relevantIn } from './per-query.ts';
import type { RankedQueries } from './ranked-queries.ts';

/**
 * For each query the average precision of its first k rows, Σ precision@i over the relevant places i up to k, divided
 * by min(relevant rows, k), so that the best order has 1; their mean is the mean average precision. Expected over the
 * orders of ties: with r relevant among n ties after s rows with R relevant, place j adds
 * r/n · (R + 1 + (j − 1)(r − 1)/(n − 1)) / (s + j).
 *
 * @param k at least 1
 */
export function mapAtK(ranked: RankedQueries, k: number): QueryValues {
  return perQuery(ranked, (_, start, end, relevant) => {
    const cut = Math.min(start + k, end);
    let sum = 0;
    let found = 0;
    for (let tieStart = start; tieStart < cut; ) {
      const tieEnd = ranked.tieEnds[tieStart] as number;
      const here = relevantIn(ranked, tieStart, tieEnd);
      if (here > 0)
        sum += precisionsOfTies(tieStart - start, tieEnd - tieStart, Math.min(tieEnd, cut) - start, found, here);
      found += here;
      tieStart = tieEnd;
    }
    return sum / Math.min(relevant, k);
  });
}

function precisionsOfTies(before: number, ties: number, cut: number, found: number, here: number): number {
  const slope = ties > 1 ? (here - 1) / (ties - 1) : 0;
  let sum = 0;
  for (let rank = before + 1; rank <= cut; rank += 1) sum += (found + 1 + (rank - before - 1) * slope) / rank;
  return (here / ties) * sum;
}
