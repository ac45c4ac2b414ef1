import { setImmediate } from 'node:timers/promises';
import type { Result } from '../base/result.ts';
import { type ColumnMethod, columnDrift } from '../metrics/drift/column-drift.ts';
import type { Units } from '../metrics/drift/resamples.ts';
import type { DriftCheck } from '../policy/schema.ts';
import { type CheckContext, type Finding, notEvaluable } from './check-context.ts';
import type { LoadedDataset } from './dataset-tables.ts';
import { type ColumnFinding, columnFinding } from './drift/column-finding.ts';
import { type ComparedColumns, comparedColumns, hasVanished } from './drift/compared-columns.ts';
import { leftOutSentence, withoutValueSentence } from './drift/drift-words.ts';
import { everyColumn, shareOfColumns } from './drift/join-columns.ts';
import { multivariateFinding } from './drift/multivariate-finding.ts';
import type { Bound, EvidenceFile } from './outcome.ts';
import { sameBytesRemark, sharedFileSentence } from './shared-files.ts';

const DEFAULT_BINS = 10;
const DEFAULT_STRATEGY = 'quantile';
const DEFAULT_EPSILON = 1e-4;

/**
 * How far the columns of one data set have moved from those of another. Each column is a part; with `max_share`, `value`
 * is the share of columns that are not within `max`. Weights never weigh drift.
 */
export async function checkDrift(check: DriftCheck, context: CheckContext): Promise<Finding> {
  const bound: Bound = { max: check.max, ...(check.max_share === undefined ? {} : { max_share: check.max_share }) };
  const reference = await context.tables.load(check.reference);
  if (!reference.ok) return notEvaluable(reference.problem.message, { bound });
  const current = await context.tables.load(check.current);
  if (!current.ok) return notEvaluable(current.problem.message, { bound, evidence: reference.value.evidence });
  const evidence = evidenceOf(reference.value, current.value);
  const shared = sharedFileSentence(reference.value, current.value);
  if (shared !== undefined) return notEvaluable(shared, { bound, evidence });
  const units = unitsOf(reference.value, current.value);
  if (!units.ok) return notEvaluable(units.problem.message, { bound, evidence });
  const compared = comparedColumns(check, reference.value.rows, current.value.rows);
  if (compared.columns.every(hasVanished)) {
    const message = `“${check.reference}” and “${check.current}” have no column in common that ${check.method} could compare.`;
    return notEvaluable(message, { bound, evidence });
  }
  const finding = await judged(check, compared, units.value, context);
  const message = `${finding.message}${leftOutSentence(check, compared)}${sameBytesRemark(reference.value, current.value)}`;
  return { ...finding, message, bound, evidence };
}

async function judged(
  check: DriftCheck,
  compared: ComparedColumns,
  units: Units | undefined,
  context: CheckContext,
): Promise<Finding> {
  const { method } = check;
  if (method === 'classifier_two_sample' || method === 'mmd') {
    return multivariateFinding(method, check, compared.columns, units, context.signal);
  }
  const findings = await findColumns(method, check, compared, units, context);
  const finding =
    check.max_share === undefined ? everyColumn(check, findings) : shareOfColumns(check, check.max_share, findings);
  return { ...finding, message: `${finding.message}${withoutValueSentence(check, findings)}` };
}

async function findColumns(
  method: ColumnMethod,
  check: DriftCheck,
  { columns }: ComparedColumns,
  units: Units | undefined,
  { signal, reportProgress }: CheckContext,
): Promise<ColumnFinding[]> {
  const options = {
    bins: check.n_bins ?? DEFAULT_BINS,
    strategy: check.strategy ?? DEFAULT_STRATEGY,
    epsilon: check.epsilon ?? DEFAULT_EPSILON,
    units,
    confidence: check.confidence,
    signal,
  } as const;
  const findings: ColumnFinding[] = [];
  for (const [index, { name, pair }] of columns.entries()) {
    signal?.throwIfAborted();
    reportProgress?.({ message: `Comparing column ${name}`, fraction: index / columns.length });
    findings.push(columnFinding(check, name, pair.ok ? columnDrift(method, pair.value, options) : pair));
    await setImmediate(); // so that a cancellation can be heard
  }
  return findings;
}

/** undefined where no data set declares a `unit`; where only one does, each row of the other is a unit of its own. */
function unitsOf(reference: LoadedDataset, current: LoadedDataset): Result<Units | undefined> {
  const first = reference.rows.units();
  if (!first.ok) return first;
  const second = current.rows.units();
  if (!second.ok) return second;
  if (first.value === undefined && second.value === undefined) return { ok: true, value: undefined };
  const own = (rows: number) => ({ codes: Int32Array.from({ length: rows }, (_, row) => row), count: rows });
  const ofReference = first.value ?? own(reference.rows.rows);
  const ofCurrent = second.value ?? own(current.rows.rows);
  return {
    ok: true,
    value: {
      reference: ofReference.codes,
      current: ofCurrent.codes,
      unitsOfReference: ofReference.count,
      unitsOfCurrent: ofCurrent.count,
    },
  };
}

function evidenceOf(reference: LoadedDataset, current: LoadedDataset): EvidenceFile[] {
  const files = new Map([...reference.evidence, ...current.evidence].map((file) => [file.path, file]));
  return [...files.values()];
}
