import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { assess } from '../../../../src/checks/assess.ts';
import type { ApprovedModels } from '../../../../src/checks/baselines.ts';
import type { Outcome } from '../../../../src/checks/outcome.ts';
import type { Task } from '../../../../src/policy/metric-names.ts';
import type { Check, Dataset, Policy } from '../../../../src/policy/schema.ts';
import type { MetricPoint, Run } from '../../../../src/runs/run.ts';

type Files = Readonly<Record<string, Uint8Array | string>>;

/** A check on a run and files that are made up for it. */
export interface EvidenceCase {
  readonly task?: Task;
  readonly datasets?: Readonly<Record<string, Dataset>>;
  /** In the policy's folder, by path. */
  readonly files?: Files;
  /** Among the run's artifacts, by path. */
  readonly artifacts?: Files;
  /** The files of the run's only logged model; none when not given. */
  readonly model?: Files;
  readonly metrics?: Readonly<Record<string, number>>;
  readonly run?: Partial<Run>;
  /** Artifacts of the run `before`, which `run:before` and `production` name. */
  readonly before?: Files;
  readonly baselines?: ApprovedModels['baselines'];
}

const NOWHERE = { offset: 0, length: 0, line: 1, column: 1 };

/** Evaluates one check in a temporary folder. */
export async function outcomeWith(check: Check, made: EvidenceCase = {}): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'model-signoff-evidence-'));
  try {
    write(folder, made.files);
    const before = runOf('before', folder, { artifacts: made.before ?? {} });
    const policy: Policy = {
      version: 1,
      project: 'project',
      model: 'model',
      task: made.task ?? 'binary',
      run: { mlflow: 'mlruns' },
      datasets: { ...made.datasets },
      checks: { check },
      signoff: { roles: {}, environments: {} },
    };
    const { assessment } = await assess({
      policyFile: join(folder, 'signoff.yaml'),
      policyBytes: new Uint8Array(),
      policy,
      positions: { locate: () => NOWHERE },
      run: runOf('run', folder, made),
      source: { location: 'mlruns' },
      findApproved: async () => ({ baseline: null, baselines: made.baselines }),
      loadRun: async () => ({ ok: true, value: before }),
    });
    const [outcome] = assessment.outcomes;
    if (outcome === undefined) throw new Error('No outcome');
    return outcome;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Names and statuses of an outcome's parts. */
export function partsOf(outcome: Outcome): Readonly<Record<string, string>> {
  return Object.fromEntries((outcome.parts ?? []).map(({ name, status }) => [name, status]));
}

function runOf(id: string, folder: string, made: EvidenceCase): Run {
  const artifactFolder = join(folder, 'artifacts', id);
  mkdirSync(artifactFolder, { recursive: true });
  write(artifactFolder, made.artifacts);
  const modelFolder = join(folder, 'models', id);
  write(modelFolder, made.model);
  const points = Object.entries(made.metrics ?? {}).map(([name, value]): [string, MetricPoint] => [
    name,
    { step: 0, timestamp: 0, value },
  ]);
  const model = { id: 'm-1', name: 'model', status: 'ready', artifactFolder: modelFolder } as const;
  return {
    ...{ id, name: id, experiment: 'experiment', status: 'finished', user: undefined },
    ...{ startTime: 0, endTime: Date.parse('2026-06-01T00:00:00Z') },
    ...{ params: new Map(), tags: new Map(), inputs: [], registered: [], artifactFolder },
    models: made.model === undefined ? [] : [model],
    metrics: new Map(points),
    history: new Map(points.map(([name, point]) => [name, [point]])),
    ...made.run,
  };
}

function write(folder: string, files: Files = {}): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}
