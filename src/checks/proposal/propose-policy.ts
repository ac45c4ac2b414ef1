import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fail, type ReportProgress, type Result, succeed } from '../../base/result.ts';
import { type MetricName, metricFacts } from '../../policy/metric-names.ts';
import { hasErrors, parsePolicy } from '../../policy/parse.ts';
import { newestFinishedRun } from '../../runs/newest-finished-run.ts';
import { openRunSource } from '../../runs/open-run-source.ts';
import type { OpenRuns, ReadRunsOptions, RunSurroundings } from '../../runs/open-runs.ts';
import type { Run, RunSource } from '../../runs/run.ts';
import { assess } from '../assess.ts';
import type { Outcome } from '../outcome.ts';
import { type FoundSource, findRunSource, type SourceSurroundings } from './find-source.ts';
import { type FoundTable, findPredictionTable, TABLE_GLOBS } from './find-table.ts';
import { type PolicyDraft, type ProposedCheck, writePolicy } from './write-policy.ts';

export interface ProposalRequest extends SourceSurroundings {
  /** Absolute folder that the policy will lie in. */
  readonly folder: string;
  /** Who will hold the first role, as an e-mail address. */
  readonly person: string;
  readonly signal?: AbortSignal;
  readonly reportProgress?: ReportProgress;
  readonly surroundings?: RunSurroundings;
}

export interface PolicyProposal {
  readonly text: string;
  /** What was looked at, for the person who reads the proposal. */
  readonly runName: string;
  readonly table: string | undefined;
}

const PROPOSED_METRICS: readonly MetricName[] = ['roc_auc', 'recall', 'precision', 'f1', 'log_loss'];
const CARDS = ['MODEL_CARD.md', 'model_card.md', 'MODELCARD.md'] as const;
/** How far below today's value a proposed floor lies, so that the next honest run is not refused for noise. */
const SLACK = 0.02;

/**
 * Proposes a policy from what training left in a folder, or on the tracking server that the environment names: its
 * newest finished run, the prediction table among its artifacts, logged metrics that the table confirms, a model card.
 * Bounds come from the run's own values, recomputed by the engine. Nothing is written but copies of a server's tables in
 * the cache. Problems: `no-runs`, and those of reading runs.
 */
export async function proposePolicy(request: ProposalRequest): Promise<Result<PolicyProposal>> {
  const { folder, signal, reportProgress, surroundings = {} } = request;
  const source = findRunSource(folder, request);
  if (source === undefined) {
    return fail(
      'no-runs',
      'There are no runs here: no mlflow.db, mlruns, dvc.yaml, or folder “runs” of folders with a metrics.json; go to the folder that training wrote to, or set MLFLOW_TRACKING_URI to its server.',
    );
  }
  const opened = await openRunSource(source, folder, surroundings);
  if (!opened.ok) return opened;
  const watch = { ...(signal ? { signal } : {}), ...(reportProgress ? { reportProgress } : {}) };
  try {
    const listed = await opened.value.list({ metrics: 'none', ...watch });
    if (listed.value === undefined && listed.problems[0] !== undefined) {
      return { ok: false, problem: { ...listed.problems[0], severity: 'error' } };
    }
    const newest = newestFinishedRun(listed.value ?? []);
    const { location } = opened.value.source;
    if (newest === undefined) return fail('no-runs', `There is no finished run in ${location}; train a model first.`);
    const loaded = await opened.value.load(newest.id, watch);
    if (!loaded.ok) return loaded;
    const run = await withTables(opened.value, loaded.value, watch);
    reportProgress?.({ message: 'Looking for a prediction table' });
    const { artifactFolder } = run;
    const table =
      artifactFolder === undefined ? undefined : await findPredictionTable(artifactFolder, signal ? { signal } : {});
    const draft = draftPolicy(request, source, run, table);
    const bounded = await withBounds(request, draft, run, opened.value.source);
    return succeed({ text: writePolicy(bounded), runName: run.name, table: table?.path });
  } finally {
    opened.value.close();
  }
}

/** Where artifacts are elsewhere, the tables among them are brought here; if they can't be, the proposal does without. */
async function withTables(runs: OpenRuns, run: Run, watch: ReadRunsOptions): Promise<Run> {
  if (runs.fetchArtifacts === undefined) return run;
  const fetched = await runs.fetchArtifacts(run, { paths: TABLE_GLOBS, models: 'not wanted' }, watch);
  return fetched.ok ? fetched.value : run;
}

function draftPolicy(
  request: ProposalRequest,
  source: FoundSource,
  run: Run,
  table: FoundTable | undefined,
): PolicyDraft {
  const model = run.models[0]?.name;
  const card = CARDS.find((name) => existsSync(join(request.folder, name)));
  return {
    project: asName(basename(request.folder), 'my-project'),
    model: asName(run.experiment, 'my-model'),
    task: 'binary',
    run: {
      ...source,
      ...('mlflow' in source ? { experiment: run.experiment } : {}),
      ...(model === undefined ? {} : { artifact: `run:${model}` }),
    },
    dataset: table === undefined ? undefined : { path: `run:${table.path}`, columns: table.columns },
    checks: [
      ...(table === undefined ? [] : PROPOSED_METRICS.map(metricCheck)),
      ...(table === undefined ? [] : agreementChecks(run)),
      ...(card === undefined ? [] : [{ id: 'card', fields: { check: 'document', path: card } }]),
      {
        id: 'monitoring',
        fields: {
          check: 'attestation',
          text: 'The model is watched in production, and somebody is told when it drifts.',
        },
        comment: 'What only a person can say, when signing.',
      },
    ],
    person: request.person,
  };
}

function metricCheck(metric: MetricName): ProposedCheck {
  const side = metricFacts(metric).greaterIsBetter ? { min: 0 } : { max: Number.MAX_VALUE };
  return { id: metric.replaceAll('_', '-'), fields: { check: 'metric', metric, dataset: 'holdout', ...side } };
}

/** A logged metric whose name ends in a metric's name is worth recomputing, where it turns out to be of these rows. */
function agreementChecks(run: Run): ProposedCheck[] {
  return [...run.metrics.keys()].flatMap((logged) => {
    const metric = (['accuracy', 'roc_auc', 'log_loss'] as const).find((name) => logged.endsWith(name));
    if (metric === undefined) return [];
    return [
      {
        id: `honest-${asName(logged.replaceAll('_', '-').toLowerCase(), metric)}`,
        fields: { check: 'agreement', logged, metric, dataset: 'holdout', tolerance: 1e-9 },
        comment: 'What was logged, against what the rows say.',
      },
    ];
  });
}

/** Evaluates the draft on the run and sets each bound a little below today's value; checks that mean nothing here go. */
async function withBounds(
  request: ProposalRequest,
  draft: PolicyDraft,
  run: Run,
  source: RunSource,
): Promise<PolicyDraft> {
  const text = writePolicy(draft);
  const { value: policy, positions, problems } = parsePolicy(text, 'signoff.yaml');
  if (policy === undefined || hasErrors(problems)) {
    throw new Error(`The proposed policy is not valid: ${problems.map(({ message }) => message).join(' ')}`);
  }
  const { assessment } = await assess({
    policyFile: join(request.folder, 'signoff.yaml'),
    policyBytes: new TextEncoder().encode(text),
    policy,
    positions,
    run,
    source,
    ...(request.signal ? { signal: request.signal } : {}),
    ...(request.reportProgress ? { reportProgress: request.reportProgress } : {}),
  });
  const outcomes = new Map(assessment.outcomes.map((outcome) => [outcome.id, outcome]));
  const checks = draft.checks.flatMap((check) => boundedCheck(check, outcomes.get(check.id)));
  return { ...draft, checks };
}

function boundedCheck(check: ProposedCheck, outcome: Outcome | undefined): ProposedCheck[] {
  const { fields } = check;
  if (fields['check'] === 'attestation' || fields['check'] === 'document') return [check];
  if (outcome?.status !== 'pass' || outcome.value === null) return [];
  if (fields['check'] !== 'metric') return [check];
  const today = `Today: ${outcome.value.toPrecision(4)}.`;
  const bound =
    'min' in fields ? { min: floorTo(outcome.value * (1 - SLACK)) } : { max: -floorTo(-outcome.value * (1 + SLACK)) };
  return [{ ...check, fields: { ...fields, ...bound }, comment: today }];
}

function floorTo(value: number): number {
  return Number((Math.floor(value * 1000) / 1000).toFixed(3));
}

/** What a name may be made of in a policy; anything else becomes a dash. */
function asName(text: string, otherwise: string): string {
  const name = text
    .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .replace(/-+$/, '');
  return name === '' ? otherwise : name;
}
