/** Arrays of their own memory, so that reading and writing can change places. */
export type Floats = Float64Array<ArrayBuffer>;

/**
 * A number's 64 bits as six digits, three in each 32-bit word, the least significant first. As many buckets as 11 bits
 * have can be filled side by side without leaving the processor's caches; with 16 bits they can't.
 */
const DIGITS = [
  { word: 0, shift: 0, mask: 0x7ff },
  { word: 0, shift: 11, mask: 0x7ff },
  { word: 0, shift: 22, mask: 0x3ff },
  { word: 1, shift: 0, mask: 0x7ff },
  { word: 1, shift: 11, mask: 0x7ff },
  { word: 1, shift: 22, mask: 0x3ff },
] as const;
const BUCKETS = 1 << 11;
const WHOLE_DIGIT = 0x3ff;
/** The most significant digit without its highest bit, which is the sign. */
const WITHOUT_SIGN = WHOLE_DIGIT >>> 1;

/** By size, the numbers' signs don't count: -0 and 0 stay as they are. By value, there must be no -0. */
export type Order = 'by value' | 'by size';

/**
 * The numbers in ascending order, in either of the two arrays: least-significant-digit radix sort over the IEEE-754
 * bits. Linear, whatever the numbers are.
 *
 * @param values finite
 * @param spare as long, and overwritten
 */
export function radixSort(values: Floats, spare: Floats, order: Order): Floats {
  const topMask = order === 'by value' ? WHOLE_DIGIT : WITHOUT_SIGN;
  const counts = countDigits(values, topMask);
  let from = values;
  let to = spare;
  for (const [digit, { word, shift, mask: whole }] of DIGITS.entries()) {
    const next = startsOf(counts, digit, values.length);
    if (!next) continue;
    const words = wordsOf(from);
    const mask = digit === DIGITS.length - 1 ? topMask : whole;
    for (let index = 0, at = word as number; index < from.length; index += 1, at += 2) {
      const bucket = ((words[at] as number) >>> shift) & mask;
      const place = next[bucket] as number;
      next[bucket] = place + 1;
      to[place] = from[index] as number;
    }
    [from, to] = [to, from];
  }
  return order === 'by value' ? negativesFirst(from, to) : from;
}

/** As `radixSort` by value, with `carriedIn[i]` kept beside `values[i]`; equal numbers keep their order. */
export function radixSortPairs(values: Floats, carriedIn: Floats): { sorted: Floats; carried: Floats } {
  const counts = countDigits(values, WHOLE_DIGIT);
  let from = values;
  let to = new Float64Array(values.length);
  let carriedFrom = carriedIn;
  let carriedTo = new Float64Array(values.length);
  for (const [digit, { word, shift, mask }] of DIGITS.entries()) {
    const next = startsOf(counts, digit, values.length);
    if (!next) continue;
    const words = wordsOf(from);
    for (let index = 0, at = word as number; index < from.length; index += 1, at += 2) {
      const bucket = ((words[at] as number) >>> shift) & mask;
      const place = next[bucket] as number;
      next[bucket] = place + 1;
      to[place] = from[index] as number;
      carriedTo[place] = carriedFrom[index] as number;
    }
    [from, to] = [to, from];
    [carriedFrom, carriedTo] = [carriedTo, carriedFrom];
  }
  const negatives = countNegatives(from);
  if (negatives === 0) return { sorted: from, carried: carriedFrom };
  const sorted = negativesFirst(from, to);
  return { sorted, carried: tiesInOrder(sorted, negatives, blocksSwapped(carriedFrom, carriedTo, negatives)) };
}

function wordsOf(values: Floats): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
}

/** How often each digit value occurs, for all digits in one pass. */
function countDigits(values: Floats, topMask: number): Uint32Array {
  const words = wordsOf(values);
  const counts = new Uint32Array(BUCKETS * DIGITS.length);
  const count = (counter: number): void => {
    counts[counter] = (counts[counter] as number) + 1;
  };
  for (let at = 0; at < words.length; at += 2) {
    const low = words[at] as number;
    const high = words[at + 1] as number;
    count(low & 0x7ff);
    count(BUCKETS + ((low >>> 11) & 0x7ff));
    count(2 * BUCKETS + (low >>> 22));
    count(3 * BUCKETS + (high & 0x7ff));
    count(4 * BUCKETS + ((high >>> 11) & 0x7ff));
    count(5 * BUCKETS + ((high >>> 22) & topMask));
  }
  return counts;
}

/** Where each bucket begins; undefined when all numbers share the digit, so that the pass can be left out. */
function startsOf(counts: Uint32Array, digit: number, total: number): Uint32Array | undefined {
  const starts = counts.subarray(digit * BUCKETS, (digit + 1) * BUCKETS);
  let start = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
    const count = starts[bucket] as number;
    if (count === total) return undefined;
    starts[bucket] = start;
    start += count;
  }
  return starts;
}

/** By their bits, negative numbers come after the positive ones, the largest first. */
function negativesFirst(sortedByBits: Floats, spare: Floats): Floats {
  const negatives = countNegatives(sortedByBits);
  return negatives === 0 ? sortedByBits : blocksSwapped(sortedByBits, spare, negatives);
}

function blocksSwapped(from: Floats, to: Floats, negatives: number): Floats {
  const positives = from.length - negatives;
  for (let index = 0; index < negatives; index += 1) to[index] = from[from.length - 1 - index] as number;
  to.set(from.subarray(0, positives), negatives);
  return to;
}

/** Turning the negative block round turned each run of ties round too; this turns those back. */
function tiesInOrder(sorted: Floats, negatives: number, carried: Floats): Floats {
  let start = 0;
  for (let index = 1; index <= negatives; index += 1) {
    if (index < negatives && sorted[index] === sorted[start]) continue;
    carried.subarray(start, index).reverse();
    start = index;
  }
  return carried;
}

function countNegatives(sortedByBits: Floats): number {
  let negatives = 0;
  while (negatives < sortedByBits.length && (sortedByBits[sortedByBits.length - 1 - negatives] as number) < 0)
    negatives += 1;
  return negatives;
}
