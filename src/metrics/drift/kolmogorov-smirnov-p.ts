import { logGamma } from './chi-squared-tail.ts';

/** Up to this many rows on either side SciPy counts exactly. */
const EXACT_UP_TO = 10_000;

/**
 * The two-sided p-value of the two-sample Kolmogorov–Smirnov statistic, without regard to ties. Exact while neither
 * sample has more than 10,000 rows; beyond, the tail of the one-sample statistic for n·m/(n+m) rows.
 *
 * Source: SciPy `ks_2samp(method="auto")`; the exact count by J. L. Hodges, "The significance probability of the
 * Smirnov two-sample test", Arkiv för Matematik 3 (1958). Beyond, SciPy's `kstwo.sf`: twice the one-sided tail where it
 * is small, else the limiting distribution with its first correction, which differs by less than 1e-4 from SciPy's.
 */
export function kolmogorovSmirnovP(statistic: number, n: number, m: number): number {
  if (statistic <= 0) return 1;
  if (Math.max(n, m) <= EXACT_UP_TO) return exact(statistic, n, m);
  const rows = Math.round((n * m) / (n + m));
  return oneSample(statistic, Math.max(1, rows));
}

/** The share of all orders of n and m rows whose paths reach the statistic: no subtraction, so that small ones keep their digits. */
function exact(statistic: number, n: number, m: number): number {
  const reached = Math.round(statistic * n * m) - 0.5;
  const outside = new Float64Array(m + 1);
  for (let i = 0; i <= n; i += 1) {
    for (let j = 0; j <= m; j += 1) {
      if (Math.abs(i * m - j * n) >= reached) {
        outside[j] = 1;
      } else if (i + j > 0) {
        const fromAbove = i > 0 ? (outside[j] as number) * i : 0;
        const fromLeft = j > 0 ? (outside[j - 1] as number) * j : 0;
        outside[j] = (fromAbove + fromLeft) / (i + j);
      }
    }
  }
  return Math.min(1, outside[m] as number);
}

/** P(D_n ≥ d) of the one-sample statistic. */
function oneSample(statistic: number, n: number): number {
  if (statistic >= 1) return 0;
  const square = n * statistic * statistic;
  if (square >= 370) return 0;
  return square >= 2.2 || statistic >= 0.5 ? Math.min(1, 2 * oneSided(statistic, n)) : limit(statistic, n);
}

/** Smirnov's exact one-sided tail: d Σ C(n, j) (1 − d − j/n)^(n−j) (d + j/n)^(j−1). */
function oneSided(statistic: number, n: number): number {
  const most = Math.floor(n * (1 - statistic));
  const logAll = logGamma(n + 1);
  let sum = 0;
  for (let j = 0; j <= most; j += 1) {
    const below = 1 - statistic - j / n;
    if (below <= 0) continue;
    const chosen = logAll - logGamma(j + 1) - logGamma(n - j + 1);
    sum += Math.exp(chosen + (n - j) * Math.log(below) + (j - 1) * Math.log(statistic + j / n));
  }
  return statistic * sum;
}

/** Kolmogorov's limit at √n·d + 1/(6√n), J. Vrbik, "Small-sample corrections to Kolmogorov–Smirnov test statistic" (2018). */
function limit(statistic: number, n: number): number {
  const root = Math.sqrt(n);
  const z = root * statistic + 1 / (6 * root) + (root * statistic - 1) / (4 * n);
  let sum = 0;
  for (let k = 1; k < 100; k += 1) {
    const term = Math.exp(-2 * k * k * z * z);
    sum += k % 2 === 1 ? term : -term;
    if (term < 1e-17) break;
  }
  return Math.min(1, Math.max(0, 2 * sum));
}
