import type { ReportProgress, Result } from '../../base/result.ts';
import type { MetricCheck, Policy } from '../../policy/schema.ts';
import type { Run } from '../../runs/run.ts';
import { bothTables, compareParts } from '../against.ts';
import type { BaselineModel, CheckContext } from '../check-context.ts';
import { datasetTables } from '../dataset-tables.ts';
import { type Compared, dropOf } from '../drops.ts';

/** Of the intervals where a check asks for none. */
const SHOWN_CONFIDENCE = 0.95;

/** Two runs of one policy. */
export interface TwoRuns {
  readonly policy: Policy;
  /** Absolute. */
  readonly policyFolder: string;
  readonly first: Run;
  readonly second: Run;
  readonly signal: AbortSignal | undefined;
  readonly reportProgress: ReportProgress | undefined;
}

/** A metric of two models, over all rows or in one group. */
export interface MetricDifference {
  /** The group's; empty for all rows. */
  readonly name: string;
  readonly first: number;
  readonly second: number;
  /** How much worse the first is, in the metric's own direction; negative where it is better. */
  readonly drop: number;
  /** Of the drop; null where the metric has none. */
  readonly interval: readonly [number, number] | null;
  readonly rows: number | null;
  /** Whether the same cases stand on both sides, row by row. */
  readonly pair: 'paired' | 'unpaired';
}

export interface CheckDifferences {
  readonly confidence: number;
  readonly differences: readonly MetricDifference[];
  /** Why some or all can't be told. Sentences. */
  readonly problems: readonly string[];
}

/**
 * For every check of a recomputed metric, how much worse the first run is than the second, by check id: what `against`
 * would find, with an interval also where the policy asks for none. Throws only when the signal is aborted.
 */
export async function metricDifferences(runs: TwoRuns): Promise<ReadonlyMap<string, CheckDifferences>> {
  const { signal, reportProgress } = runs;
  const checks = comparableChecks(runs.policy, runs.second);
  const policy: Policy = { ...runs.policy, checks: Object.fromEntries(checks) };
  const reading = { policy, policyFolder: runs.policyFolder, signal, reportProgress };
  const own = datasetTables({ ...reading, run: runs.first });
  const baseline: BaselineModel = {
    ...{ title: `run ${runs.second.name}`, modelId: null, run: runs.second },
    tables: datasetTables({ ...reading, run: runs.second }),
  };
  const context: CheckContext = {
    ...{ ...reading, run: runs.first, tables: own },
    baseline: async () => ({ ok: true, value: baseline }),
  };
  const found = new Map<string, CheckDifferences>();
  for (const [id, check] of checks) {
    signal?.throwIfAborted();
    reportProgress?.({ message: `Comparing ${id}`, fraction: found.size / checks.length });
    found.set(id, await differencesOf(check, baseline, context));
    own.release(id);
    baseline.tables.release(id);
  }
  return found;
}

/** Whatever a check asks of its metric, it is now asked how much it dropped; with the columns that pairing takes. */
function comparableChecks(policy: Policy, second: Run): readonly (readonly [string, MetricCheck])[] {
  return Object.entries(policy.checks).flatMap(([id, check]) => {
    if (check.check !== 'metric' || check.metric === undefined || check.not_applicable !== undefined) return [];
    const { min: _min, max: _max, max_abs: _maxAbs, max_drop_relative: _relative, ...rest } = check;
    const confidence = check.confidence ?? SHOWN_CONFIDENCE;
    return [[id, { ...rest, against: `run:${second.id}`, max_drop: 0, confidence }] as const];
  });
}

async function differencesOf(
  check: MetricCheck,
  baseline: BaselineModel,
  context: CheckContext,
): Promise<CheckDifferences> {
  const confidence = check.confidence ?? SHOWN_CONFIDENCE;
  const compared = await tryToCompare(check, baseline, context);
  if (!compared.ok) return { confidence, differences: [], problems: [compared.problem.message] };
  const differences = compared.value.flatMap(({ name, compared: each }): MetricDifference[] => {
    if (!each.ok) return [];
    const { own, others, rows, paired = 'unpaired', dropInterval } = each.value;
    const interval = dropInterval === undefined ? null : ([dropInterval.low, dropInterval.high] as const);
    return [
      {
        ...{ name, first: own, second: others, drop: dropOf(each.value), rows, pair: paired },
        interval: interval?.every(Number.isFinite) === true ? interval : null,
      },
    ];
  });
  const problems = compared.value.flatMap(({ name, compared: each }) =>
    each.ok ? [] : [name === '' ? each.problem.message : `${name}: ${each.problem.message}`],
  );
  return { confidence, differences, problems };
}

/** As for checks: whatever goes wrong with one comparison spoils no other. */
async function tryToCompare(
  check: MetricCheck,
  baseline: BaselineModel,
  context: CheckContext,
): Promise<Result<readonly Compared[]>> {
  try {
    const tables = await bothTables(check, baseline, context);
    if (!tables.ok || check.metric === undefined) return tables.ok ? { ok: true, value: [] } : tables;
    return compareParts(check, check.metric, tables.value, context.signal);
  } catch (error) {
    context.signal?.throwIfAborted();
    const message = `They can’t be compared: ${error instanceof Error ? error.message : String(error)}.`;
    return { ok: false, problem: { code: 'not-compared', severity: 'error', message } };
  }
}
