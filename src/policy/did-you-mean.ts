/**
 * The candidate that somebody who wrote `word` most probably meant, or undefined when nothing is near.
 * Case, `-` and `_` don't count; up to a third of the letters may be wrong (insertion, deletion, exchange, swap of
 * neighbours: optimal string alignment, a restricted Damerau-Levenshtein distance). Ties go to the first candidate.
 */
export function didYouMean(word: string, candidates: readonly string[]): string | undefined {
  if (word.length === 0 || word.length > LONGEST_WORD) {
    return undefined;
  }
  const wanted = plain(word);
  const allowance = Math.min(3, Math.max(1, Math.floor(wanted.length / 3)));
  let best: string | undefined;
  let bestDistance = allowance + 1;
  for (const candidate of candidates) {
    if (candidate === word || Math.abs(candidate.length - word.length) > allowance + 2) {
      continue;
    }
    const distance = editDistance(wanted, plain(candidate));
    if (distance < bestDistance && distance < Math.max(1, wanted.length)) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best ?? completion(wanted, candidates);
}

/** A word that was cut short: `prod` for `production`, when no other candidate starts so. */
function completion(start: string, candidates: readonly string[]): string | undefined {
  const longer = start.length < 3 ? [] : candidates.filter((candidate) => plain(candidate).startsWith(start));
  return longer.length === 1 ? longer[0] : undefined;
}

const LONGEST_WORD = 100;

function plain(word: string): string {
  return word.toLowerCase().replaceAll(/[\s_-]/gu, '');
}

function editDistance(left: string, right: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1];
      let distance = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]) {
        distance = Math.min(distance, (beforePrevious[column - 2] ?? 0) + 1);
      }
      current.push(distance);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[right.length] ?? 0;
}
