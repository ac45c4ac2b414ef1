import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { assess } from '../../../../src/checks/assess.ts';
import type { ApprovedModel, ApprovedModels } from '../../../../src/checks/baselines.ts';
import type { Outcome } from '../../../../src/checks/outcome.ts';
import { collectPlots } from '../../../../src/checks/plots/collect-plots.ts';
import type { Plot } from '../../../../src/checks/plots/plot.ts';
import type { Task } from '../../../../src/policy/metric-names.ts';
import type { Check, Dataset, Policy } from '../../../../src/policy/schema.ts';
import type { MetricPoint, Run } from '../../../../src/runs/run.ts';

/** A run that exists only for a test: the points of its metrics, and the texts of its artifacts by path. */
export interface TestRun {
  readonly metrics?: Readonly<Record<string, readonly number[]>>;
  readonly files?: Readonly<Record<string, string>>;
}

export interface TestCase {
  readonly task?: Task;
  readonly datasets?: Readonly<Record<string, Dataset>>;
  readonly checks: Readonly<Record<string, Check>>;
  readonly run?: TestRun;
  /** Texts of files in the policy's folder, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Other runs of the same source, by id. */
  readonly others?: Readonly<Record<string, TestRun>>;
  readonly baselines?: ApprovedModels['baselines'];
  readonly signal?: AbortSignal;
}

const NOWHERE = { offset: 0, length: 0, line: 1, column: 1 };

/** Evaluates the checks of a policy that is made up here, on tables that are written out for it. */
export async function outcomesOf(made: TestCase): Promise<Readonly<Record<string, Outcome>>> {
  return (await evaluated(made)).outcomes;
}

/** As `outcomesOf`, with what pictures are drawn from. */
export async function evaluated(made: TestCase): Promise<{
  readonly outcomes: Readonly<Record<string, Outcome>>;
  readonly plots: readonly Plot[];
  readonly policy: Policy;
}> {
  const collector = collectPlots((error) => {
    throw error;
  });
  const folder = mkdtempSync(join(tmpdir(), 'model-signoff-checks-'));
  try {
    write(folder, made.files ?? {});
    const policy: Policy = {
      version: 1,
      project: 'project',
      model: 'model',
      task: made.task ?? 'binary',
      run: { mlflow: 'mlruns' },
      datasets: { ...made.datasets },
      checks: { ...made.checks },
      signoff: { roles: {}, environments: {} },
    };
    const others = new Map(Object.entries(made.others ?? {}).map(([id, run]) => [id, runOf(id, run, folder)]));
    const { assessment } = await assess({
      policyFile: join(folder, 'signoff.yaml'),
      policyBytes: new Uint8Array(),
      policy,
      positions: { locate: () => NOWHERE },
      run: runOf('candidate', made.run ?? {}, folder),
      source: { location: 'mlruns' },
      findApproved: async () => ({ baseline: null, baselines: made.baselines }),
      async loadRun(id) {
        const run = others.get(id);
        if (run) return { ok: true, value: run };
        return { ok: false, problem: { code: 'run-missing', severity: 'error', message: `There is no run “${id}”.` } };
      },
      observe: collector.observe,
      ...(made.signal ? { signal: made.signal } : {}),
    });
    const outcomes = Object.fromEntries(assessment.outcomes.map((outcome) => [outcome.id, outcome]));
    return { outcomes, plots: collector.plots(), policy };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The outcome of one check. */
export async function outcomeOf(check: Check, made: Omit<TestCase, 'checks'> = {}): Promise<Outcome> {
  const outcome = (await outcomesOf({ ...made, checks: { check } }))['check'];
  if (outcome === undefined) throw new Error('No outcome');
  return outcome;
}

/** The production environment with one approved run. */
export function approvedIn(runId: string): ReadonlyMap<string, ApprovedModel> {
  return new Map([['production', { runId, modelId: 'a'.repeat(64) }]]);
}

/** A table as CSV: a cell that is null is empty. */
export function csv(columns: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  return [columns, ...rows].map((row) => row.map((cell) => (cell === null ? '' : String(cell))).join(',')).join('\n');
}

/** A policy's data set over `rows.csv` of the policy's folder. */
export const ROWS: Dataset = { path: 'rows.csv', label: 'y', score: 'p' };

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function runOf(id: string, { metrics = {}, files = {} }: TestRun, folder: string): Run {
  const artifactFolder = join(folder, 'artifacts', id);
  mkdirSync(artifactFolder, { recursive: true });
  write(artifactFolder, files);
  const history = new Map<string, MetricPoint[]>(
    Object.entries(metrics).map(([name, values]) => [
      name,
      values.map((value, step) => ({ step, timestamp: step, value })),
    ]),
  );
  return {
    ...{ id, name: id, experiment: 'experiment', status: 'finished', user: undefined },
    ...{
      startTime: 0,
      endTime: 0,
      params: new Map(),
      tags: new Map(),
      inputs: [],
      models: [],
      registered: [],
      artifactFolder,
      history,
    },
    metrics: new Map(
      [...history].flatMap(([name, points]) => (points.at(-1) ? [[name, points.at(-1) as MetricPoint]] : [])),
    ),
  };
}
