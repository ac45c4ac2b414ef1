// How often an upper end of 95 % lies at or below the truth, so that a check with its bound on the truth would pass
// wrongly (nominal 2.5 %). Not part of `npm run bench`: `node test/bench/drift-coverage.ts <draws>` prints the table that
// drift-coverage.md records.
import { type ColumnMethod, columnDrift, type DriftOptions } from '../../src/metrics/drift/column-drift.ts';
import type { DriftColumn } from '../../src/metrics/drift/columns.ts';
import { nextNormal, nextUniform, type Random, seededRandom } from '../../src/metrics/resampling/random.ts';

const OPTIONS: DriftOptions = { bins: 10, strategy: 'quantile', epsilon: 1e-4 };
const SIZES = [
  [200, 200],
  [1000, 700],
  [5000, 2000],
] as const;
/** The truth is taken from samples of this many rows, in the same proportion. */
const ROWS_OF_TRUTH = 2_000_000;
const CATEGORIES = ['a', 'b', 'c', 'd'];
const SHARES = { reference: [0.4, 0.3, 0.2, 0.1], current: [0.3, 0.3, 0.2, 0.2] } as const;

type Case = readonly [ColumnMethod, number | 'categories'];
const CASES: readonly Case[] = [
  ['ks', 0.05],
  ['ks', 0.3],
  ['wasserstein', 0.05],
  ['wasserstein', 0.3],
  ['wasserstein_normed', 0.3],
  ['energy', 0.3],
  ['psi', 0.1],
  ['psi', 0.3],
  ['jensen_shannon', 0.3],
  ['chi2', 'categories'],
  ['cramers_v', 'categories'],
  ['total_variation', 'categories'],
  ['jensen_shannon', 'categories'],
  ['psi', 'categories'],
];

const draws = Number(process.argv[2] ?? 200);
console.log('| rows | method | moved by | truth | passes wrongly | low end above the truth |');
console.log('|---|---|---|---|---|---|');
for (const [n, m] of SIZES) {
  for (const [method, shift] of CASES) {
    const large = pairOf(seededRandom(77), ROWS_OF_TRUTH, Math.round((ROWS_OF_TRUTH * m) / n), shift);
    const truth = measured(method, large, OPTIONS).value;
    let wrong = 0;
    let missed = 0;
    for (let draw = 0; draw < draws; draw += 1) {
      const pair = pairOf(seededRandom(1000 + draw), n, m, shift);
      const { interval } = measured(method, pair, { ...OPTIONS, confidence: 0.95 });
      if (interval && interval.high <= truth) wrong += 1;
      if (interval && interval.low > truth) missed += 1;
    }
    const percent = (count: number) => `${((100 * count) / draws).toFixed(1)} %`;
    console.log(
      `| ${n}, ${m} | ${method} | ${shift} | ${truth.toPrecision(4)} | ${percent(wrong)} | ${percent(missed)} |`,
    );
  }
}

function measured(method: ColumnMethod, pair: Parameters<typeof columnDrift>[1], options: DriftOptions) {
  const found = columnDrift(method, pair, options);
  if (!found.ok) throw new Error(found.problem.message);
  return found.value;
}

function pairOf(random: Random, n: number, m: number, shift: Case[1]) {
  return shift === 'categories'
    ? { reference: letters(random, n, SHARES.reference), current: letters(random, m, SHARES.current) }
    : { reference: normals(random, n, 0), current: normals(random, m, shift) };
}

function normals(random: Random, rows: number, mean: number): DriftColumn {
  const values = new Float64Array(rows);
  for (let row = 0; row < rows; row += 1) values[row] = mean + nextNormal(random);
  return { kind: 'number', values };
}

function letters(random: Random, rows: number, shares: readonly number[]): DriftColumn {
  const codes = new Int32Array(rows);
  for (let row = 0; row < rows; row += 1) {
    let left = nextUniform(random);
    let code = 0;
    while (code < shares.length - 1 && left >= (shares[code] as number)) {
      left -= shares[code] as number;
      code += 1;
    }
    codes[row] = code;
  }
  return { kind: 'text', codes, categories: CATEGORIES };
}
