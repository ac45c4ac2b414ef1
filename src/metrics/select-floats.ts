/** The number of a place among numbers in ascending order, and its neighbour above (itself at the end). */
export interface Selected {
  readonly value: number;
  readonly next: number;
}

const DIGIT_BITS = 16;
const BUCKETS = 1 << DIGIT_BITS;
const DIGITS = 4;

/**
 * What sorting would put at `place`, and after it, without sorting: the numbers of the bucket that holds the place are
 * kept, by 16 bits of their IEEE-754 form at a time. At most four passes whatever the numbers, so no input makes it slow.
 *
 * @param values finite numbers, none negative (no -0); at least one; kept as they are
 * @param place from 0 to `values.length - 1`
 */
export function selectFloats(values: Float64Array, place: number): Selected {
  let kept = values;
  let rank = place;
  let above = Infinity;
  for (let digit = DIGITS - 1; digit >= 0 && kept.length > 1; digit -= 1) {
    const digits = new Uint16Array(kept.buffer, kept.byteOffset, kept.length * DIGITS);
    const counts = new Uint32Array(BUCKETS);
    for (let at = digit; at < digits.length; at += DIGITS) {
      const bucket = digits[at] as number;
      counts[bucket] = (counts[bucket] as number) + 1;
    }
    let bucket = 0;
    while (rank >= (counts[bucket] as number)) {
      rank -= counts[bucket] as number;
      bucket += 1;
    }
    const size = counts[bucket] as number;
    const last = rank === size - 1;
    const chosen = new Float64Array(size);
    let at = 0;
    for (let index = 0; index < kept.length; index += 1) {
      const found = digits[index * DIGITS + digit] as number;
      if (found < bucket) continue;
      const value = kept[index] as number;
      if (found === bucket) {
        chosen[at] = value;
        at += 1;
      } else if (last && value < above) above = value;
    }
    kept = chosen;
  }
  const value = kept[0] as number;
  const next = rank + 1 < kept.length ? value : above;
  return { value, next: next === Infinity ? value : next };
}
