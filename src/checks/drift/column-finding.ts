import type { Result } from '../../base/result.ts';
import type { ColumnDrift } from '../../metrics/drift/column-drift.ts';
import type { DriftCheck } from '../../policy/schema.ts';
import type { OutcomePart } from '../outcome.ts';
import { decideDrift } from './decide-drift.ts';
import { whyNot } from './drift-words.ts';

/** What was found of one column. */
export interface ColumnFinding {
  readonly part: OutcomePart & { readonly status: 'pass' | 'fail' | 'uncertain' | 'not_evaluable' };
  /** undefined where nothing could be measured. */
  readonly drift: ColumnDrift | undefined;
  /** Why it is not evaluable; to follow the column's name where `isWhole` says no. */
  readonly why: string | undefined;
}

export function columnFinding(check: DriftCheck, name: string, measured: Result<ColumnDrift>): ColumnFinding {
  if (!measured.ok) {
    const { code, message } = measured.problem;
    const why = code.startsWith('drift-') ? `column “${name}” ${message}` : message;
    const part = { name, status: 'not_evaluable', value: null, interval: null, rows: null } as const;
    return { part, drift: undefined, why };
  }
  const drift = measured.value;
  const { status, interval, why } = decideDrift(check, drift);
  const { value, rows } = drift;
  return {
    part: { name, status, value, interval, rows },
    drift,
    why: why && `column “${name}” ${whyNot(check, drift, why)}`,
  };
}

/** The formula of a drift, with how its noise and its interval were found. */
export function fullFormula({ formula, noise, interval }: Pick<ColumnDrift, 'formula' | 'noise' | 'interval'>): string {
  return [formula, `noise-${noise.method}`, ...(interval ? [interval.method] : [])].join(' ');
}
