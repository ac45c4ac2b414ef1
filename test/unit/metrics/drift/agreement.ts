import { type ColumnMethod, columnDrift } from '../../../../src/metrics/drift/column-drift.ts';
import type { DriftColumn } from '../../../../src/metrics/drift/columns.ts';
import { maximumMeanDiscrepancy } from '../../../../src/metrics/drift/mmd.ts';
import { points } from '../../../../src/metrics/drift/multivariate-sample.ts';

/** What the peers said of pairs of samples; written by test/peers/drift.py. */
export interface DriftReference {
  readonly peers: Readonly<Record<string, string>>;
  readonly cases: readonly DriftCase[];
}

type Numbers = readonly (number | null)[];

type DriftCase = { readonly name: string; readonly values: Readonly<Record<string, number>> } & (
  | { readonly kind: 'number'; readonly reference: Numbers; readonly current: Numbers }
  | {
      readonly kind: 'text';
      readonly reference: readonly (string | null)[];
      readonly current: readonly (string | null)[];
    }
  | { readonly kind: 'numbers'; readonly reference: readonly Numbers[]; readonly current: readonly Numbers[] }
);

export interface Agreement {
  readonly disagreements: readonly string[];
  /** The largest relative distance by method, among those further apart than 1e-12. */
  readonly distances: ReadonlyMap<string, number>;
  readonly compared: number;
}

const RELATIVE = 1e-9;
const ABSOLUTE = 1e-12;
/** SciPy's own exact count loses digits, and beyond 10,000 rows ours is a limit with a correction. */
const P_RELATIVE = 1e-6;
const P_ABSOLUTE = 1e-4;

export function numberColumn(values: Numbers): DriftColumn {
  return { kind: 'number', values: Float64Array.from(values, (value) => value ?? Number.NaN) };
}

export function textColumn(values: readonly (string | null)[]): DriftColumn {
  const categories = [...new Set(values.filter((value) => value !== null))];
  const codeOf = new Map(categories.map((category, code) => [category, code]));
  return {
    kind: 'text',
    codes: Int32Array.from(values, (value) => (value === null ? -1 : (codeOf.get(value) as number))),
    categories,
  };
}

export function compareDrift({ cases }: DriftReference): Agreement {
  const disagreements: string[] = [];
  const distances = new Map<string, number>();
  let compared = 0;
  for (const each of cases) {
    for (const [key, theirs] of Object.entries(each.values)) {
      const ours = ourValue(each, key);
      compared += 1;
      const apart = Math.abs(ours - theirs);
      const relative = apart / Math.max(Math.abs(theirs), Number.MIN_VALUE);
      const isP = key.endsWith(' p');
      const agrees = isP
        ? apart <= (each.reference.length > 10_000 ? P_ABSOLUTE : ABSOLUTE) || relative <= P_RELATIVE
        : apart <= ABSOLUTE || relative <= RELATIVE;
      if (!agrees) disagreements.push(`${each.name}: ${key} is ${ours}, and the peer says ${theirs}`);
      const method = key.split('/')[0] ?? key;
      if (apart > ABSOLUTE) distances.set(method, Math.max(distances.get(method) ?? 0, relative));
    }
  }
  return { disagreements, distances, compared };
}

function ourValue(each: DriftCase, key: string): number {
  if (each.kind === 'numbers') {
    const pairs = each.reference.map((values, index) => ({
      name: String(index),
      reference: numberColumn(values),
      current: numberColumn(each.current[index] ?? []),
    }));
    const sample = points(pairs, 1000);
    const measured = sample.ok ? maximumMeanDiscrepancy(sample.value) : sample;
    return measured.ok ? measured.value.value : Number.NaN;
  }
  const [name = '', bins] = key.split('/');
  const [strategy, count] = (bins ?? 'quantile-10').split('-');
  const pair =
    each.kind === 'number'
      ? { reference: numberColumn(each.reference), current: numberColumn(each.current) }
      : { reference: textColumn(each.reference), current: textColumn(each.current) };
  const measured = columnDrift(name.replace(/ p$/, '') as ColumnMethod, pair, {
    bins: Number(count),
    strategy: strategy === 'uniform' ? 'uniform' : 'quantile',
    epsilon: 1e-4,
  });
  if (!measured.ok) return Number.NaN;
  return name.endsWith(' p') ? (measured.value.pValue?.() ?? Number.NaN) : measured.value.value;
}
