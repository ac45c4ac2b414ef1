/**
 * A seeded source of random bits: xoshiro128** by D. Blackman and S. Vigna ("Scrambled linear pseudorandom number
 * generators", ACM TOMS 47, 2021), its 128 bits of state filled from the seed by splitmix32. The same seed gives the
 * same numbers on every machine, for only 32-bit integer arithmetic is used.
 */
export interface Random {
  /** Four 32-bit words, changed by every draw. */
  readonly state: Int32Array;
}

const GOLDEN_GAMMA = 0x9e3779b9;
const TO_UNIT = 1 / 4_294_967_296;

/** @param seed a whole number; its lowest 32 bits count */
export function seededRandom(seed: number): Random {
  const state = new Int32Array(4);
  let counter = seed | 0;
  for (let word = 0; word < 4; word += 1) {
    counter = (counter + GOLDEN_GAMMA) | 0;
    let mixed = counter ^ (counter >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    state[word] = mixed ^ (mixed >>> 15);
  }
  return { state };
}

/** A whole number from 0 to 2³² − 1, each as likely. */
export function nextUint32({ state }: Random): number {
  const s0 = state[0] as number;
  const s1 = state[1] as number;
  const s2 = (state[2] as number) ^ s0;
  const s3 = (state[3] as number) ^ s1;
  const scrambled = Math.imul(s1, 5);
  state[1] = s1 ^ s2;
  state[0] = s0 ^ s3;
  state[2] = s2 ^ (s1 << 9);
  state[3] = (s3 << 11) | (s3 >>> 21);
  return Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
}

/** A number strictly between 0 and 1, with 52 random bits. */
export function nextUniform(random: Random): number {
  const high = nextUint32(random);
  const low = nextUint32(random) >>> 12;
  return (high + (low + 0.5) / 1_048_576) * TO_UNIT;
}

/** A standard normal number, by the polar method of G. Marsaglia and T. A. Bray (SIAM Review 6, 1964). */
export function nextNormal(random: Random): number {
  for (;;) {
    const x = 2 * nextUniform(random) - 1;
    const y = 2 * nextUniform(random) - 1;
    const square = x * x + y * y;
    if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square);
  }
}

/** 1/e, and the further chances of a Poisson number of mean 1 added up, each times 2³². */
const POISSON_STEPS = poissonSteps();
/** The answer where the highest 16 bits settle it, else `UNSETTLED`. */
const UNSETTLED = 255;
/** Made on first use: a policy is read with the names of metrics, and must not wait for their numbers. */
let knownPoissonTable: Uint8Array | undefined;

/** Fills `weights` with independent Poisson numbers of mean 1, by inversion; exact to 2⁻³². */
export function fillPoisson(random: Random, weights: Float64Array): void {
  knownPoissonTable ??= poissonTable();
  const table = knownPoissonTable;
  const { state } = random;
  let s0 = state[0] as number;
  let s1 = state[1] as number;
  let s2 = state[2] as number;
  let s3 = state[3] as number;
  for (let index = 0; index < weights.length; index += 1) {
    const scrambled = Math.imul(s1, 5);
    const bits = Math.imul((scrambled << 7) | (scrambled >>> 25), 9);
    const shifted = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= shifted;
    s3 = (s3 << 11) | (s3 >>> 21);
    const settled = table[bits >>> 16] as number;
    weights[index] = settled === UNSETTLED ? poissonOf(bits >>> 0) : settled;
  }
  state[0] = s0;
  state[1] = s1;
  state[2] = s2;
  state[3] = s3;
}

function poissonOf(bits: number): number {
  let count = 0;
  while (count < POISSON_STEPS.length && bits >= (POISSON_STEPS[count] as number)) count += 1;
  return count;
}

function poissonSteps(): Float64Array {
  const steps: number[] = [];
  let chance = Math.exp(-1);
  let sum = chance;
  for (let count = 1; sum * 4_294_967_296 < 4_294_967_295; count += 1) {
    steps.push(Math.round(sum * 4_294_967_296));
    chance /= count;
    sum += chance;
  }
  return Float64Array.from(steps);
}

function poissonTable(): Uint8Array {
  return Uint8Array.from({ length: 65_536 }, (_, top) => {
    const least = poissonOf(top * 65_536);
    return least === poissonOf(top * 65_536 + 65_535) ? least : UNSETTLED;
  });
}
