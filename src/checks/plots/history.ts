import { largestTriangles } from '../../metrics/reduce/largest-triangles.ts';
import type { Check, Policy, StabilityCheck } from '../../policy/schema.ts';
import type { MetricPoint, Run, RunSummary } from '../../runs/run.ts';
import { boundOf } from '../bounds.ts';
import type { Finding } from '../check-context.ts';
import type { Bound } from '../outcome.ts';
import type { Common } from './plot.ts';

/** The values that a logged metric had at its steps: folds of a cross-validation, or epochs. */
export interface StepsPlot extends Common {
  readonly kind: 'steps';
  readonly name: string;
  readonly steps: readonly number[];
  readonly values: readonly number[];
  /** How many points were logged; fewer may be shown. */
  readonly count: number;
  /** What the check is about: how values vary, or the one at a step. */
  readonly about:
    | { readonly statistic: StabilityCheck['statistic']; readonly mean: number }
    | { readonly step: number };
  readonly bound: Bound;
}

/** A logged metric over the runs, in the order in which they began. */
export interface RunsPlot extends Common {
  readonly kind: 'runs';
  readonly name: string;
  readonly points: readonly {
    readonly run: string;
    /** Milliseconds since 1970. */
    readonly time: number | null;
    readonly value: number;
    readonly isThis: boolean;
  }[];
  /** How many runs logged it; only the newest are shown. */
  readonly count: number;
  readonly bound: Bound;
}

const MOST_STEPS = 200;
const MOST_RUNS = 60;
const MOST_METRICS = 12;

/** The steps of a logged metric that a check is about; undefined where there is only one. */
export function stepsPlot(
  check: Check,
  { run }: { readonly run: Run },
  finding: Finding,
): Omit<StepsPlot, 'id' | 'checks'> | undefined {
  const name = loggedBy(check);
  if (name === undefined) return undefined;
  const points = latestOfSteps(run.history.get(name) ?? []).filter(({ value }) => Number.isFinite(value));
  if (points.length < 2) return undefined;
  const values = points.map(({ value }) => value);
  const chosen = Array.from(
    largestTriangles(
      points.map(({ step }) => step),
      values,
      MOST_STEPS,
    ),
  );
  const about =
    check.check === 'stability'
      ? { statistic: check.statistic, mean: values.reduce((sum, value) => sum + value, 0) / values.length }
      : { step: ('step' in check ? check.step : undefined) ?? (points.at(-1) as MetricPoint).step };
  return {
    ...{ kind: 'steps', name, count: points.length, about, bound: finding.bound },
    steps: chosen.map((index) => (points[index] as MetricPoint).step),
    values: chosen.map((index) => values[index] as number),
  };
}

/** The logged metrics that checks name, over all runs that logged them; without such checks those that the run logged. */
export function runsPlots(policy: Policy, run: Run, runs: readonly RunSummary[]): readonly RunsPlot[] {
  const asked = Map.groupBy(
    Object.entries(policy.checks).flatMap(([id, check]) => {
      const name = loggedBy(check);
      return name === undefined ? [] : [{ id, name, check }];
    }),
    ({ name }) => name,
  );
  const names = asked.size > 0 ? [...asked.keys()] : [...run.metrics.keys()].sort();
  return names.slice(0, MOST_METRICS).flatMap((name): RunsPlot[] => {
    const points = runs
      .flatMap(({ id, name: runName, startTime, metrics }) => {
        const value = metrics.get(name)?.value;
        if (value === undefined || !Number.isFinite(value)) return [];
        return [{ run: runName, time: startTime ?? null, value, isThis: id === run.id }];
      })
      .toSorted((a, b) => (a.time ?? 0) - (b.time ?? 0));
    if (points.length < 2) return [];
    const checks = asked.get(name) ?? [];
    const bounded = checks.find(({ check }) => check.check === 'metric' || check.check === 'operations');
    const shown = points.filter(({ isThis }, index) => isThis || index >= points.length - MOST_RUNS);
    const bound = bounded === undefined ? null : boundOf(bounded.check as Extract<Check, { check: 'metric' }>);
    return [{ kind: 'runs', id: `runs/${name}`, checks: [], name, points: shown, count: points.length, bound }];
  });
}

function loggedBy(check: Check): string | undefined {
  return 'logged' in check ? check.logged : undefined;
}

/** History is in the order of step, timestamp and value: a step's last point is its latest. */
function latestOfSteps(points: readonly MetricPoint[]): readonly MetricPoint[] {
  return points.filter(({ step }, index) => points[index + 1]?.step !== step);
}
