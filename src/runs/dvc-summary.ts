import type { Problem } from '../base/result.ts';
import type { CommitRun } from './dvc-commits.ts';
import type { DvcValues } from './dvc-values.ts';
import { WORKSPACE } from './dvc-workspace.ts';
import type { FileProblem } from './dvc-yaml.ts';
import type { MetricPoint, RunSummary } from './run.ts';

const LONGEST_SUBJECT = 100;
/** Many commits may have the same mistake; nobody reads a thousand of them. */
const MOST_PROBLEMS = 20;

/** The values as the latest points. DVCLive writes the last step beside its metrics. */
export function pointsOf(values: DvcValues, timestamp: number): Map<string, MetricPoint> {
  const steps = new Map<string, number>();
  for (const { own, nameOf } of values.metricsFiles) {
    const step = own.get('step');
    if (step === undefined || !Number.isSafeInteger(step)) continue;
    for (const name of own.keys()) steps.set(nameOf(name), step);
  }
  return new Map([...values.metrics].map(([name, value]) => [name, { step: steps.get(name) ?? 0, timestamp, value }]));
}

export function commitSummary(run: CommitRun, values: DvcValues, experiment: string): RunSummary {
  const { oid, author, time, subject } = run.commit;
  const line = subject.length > LONGEST_SUBJECT ? `${subject.slice(0, LONGEST_SUBJECT)}…` : subject;
  return {
    id: oid,
    name: `${oid.slice(0, 7)} ${line}`.trim(),
    experiment,
    status: 'finished',
    user: author.name || author.email || undefined,
    startTime: time,
    endTime: run.orderedTime,
    metrics: pointsOf(values, time),
  };
}

/** What is not committed is still going on, so nobody takes it for the newest finished run. */
export function workspaceSummary(values: DvcValues, experiment: string, written: number | undefined): RunSummary {
  return {
    id: WORKSPACE,
    name: 'workspace (not committed)',
    experiment,
    status: 'running',
    user: undefined,
    startTime: written,
    endTime: undefined,
    metrics: pointsOf(values, written ?? 0),
  };
}

/** Problems of files as warnings, each once, with where it was seen first. */
export function warningsOf(
  seen: readonly { readonly at: string; readonly problems: readonly FileProblem[] }[],
): Problem[] {
  const first = new Map<string, { readonly at: string; readonly problem: FileProblem; count: number }>();
  for (const { at, problems } of seen) {
    for (const problem of problems) {
      const key = `${problem.file}\0${problem.why}`;
      const known = first.get(key);
      if (known === undefined) first.set(key, { at, problem, count: 1 });
      else known.count += 1;
    }
  }
  const all = [...first.values()];
  const warnings = all.slice(0, MOST_PROBLEMS).map(({ at, problem, count }): Problem => {
    const more = count > 1 ? ` (and in ${count - 1} more)` : '';
    const message = `“${problem.file.slice(0, 200)}” in ${at}${more} ${problem.why}.`;
    return { code: 'run-file-unreadable', severity: 'warning', message };
  });
  if (all.length > MOST_PROBLEMS) {
    const message = `${all.length - MOST_PROBLEMS} more of DVC’s files can’t be read, in these and other runs.`;
    warnings.push({ code: 'run-file-unreadable', severity: 'warning', message });
  }
  return warnings;
}
