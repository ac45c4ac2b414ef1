import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fail, type ReportProgress, type Result, succeed } from '../../base/result.ts';
import { hasErrors, parsePolicy } from '../../policy/parse.ts';
import { newestFinishedRun } from '../../runs/newest-finished-run.ts';
import { openRunSource } from '../../runs/open-run-source.ts';
import type { OpenRuns, ReadRunsOptions, RunSurroundings } from '../../runs/open-runs.ts';
import type { Run, RunSource } from '../../runs/run.ts';
import { assess } from '../assess.ts';
import type { Outcome } from '../outcome.ts';
import { boundedByToday } from './bound-of-today.ts';
import { findModel } from './find-model.ts';
import { type FoundSource, findRunSource, type SourceSurroundings } from './find-source.ts';
import { type FoundTable, findPredictionTable, TABLE_GLOBS } from './find-table.ts';
import { asPolicyName } from './policy-name.ts';
import { checksOfTable } from './proposed-checks.ts';
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

const CARDS = ['MODEL_CARD.md', 'model_card.md', 'MODELCARD.md'] as const;

/**
 * Proposes a policy from what training left in a folder, or on the tracking server that the environment names: its
 * newest finished run, the prediction table among its artifacts with its task and groups, logged metrics that the table
 * confirms, the model's files, a model card. Bounds come from the intervals of the run's own values, computed by the
 * engine. Nothing is written but copies of a server's tables in
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
  const card = CARDS.find((name) => existsSync(join(request.folder, name)));
  const artifact = artifactOf(request.folder, source, run);
  return {
    project: asPolicyName(basename(request.folder), 'my-project'),
    model: asPolicyName(run.experiment, 'my-model'),
    task: table?.columns.task ?? 'binary',
    run: {
      ...source,
      ...('mlflow' in source ? { experiment: run.experiment } : {}),
      ...(artifact === undefined ? {} : { artifact: `run:${artifact}` }),
    },
    dataset: table === undefined ? undefined : { path: `run:${table.path}`, columns: table.columns },
    checks: [
      ...(table === undefined ? [] : checksOfTable(table.columns, run)),
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

/** What will be deployed: the model that the run logged, or else what looks like one. A DVC project has it beside the code. */
function artifactOf(folder: string, source: FoundSource, run: Run): string | undefined {
  const logged = run.models[0]?.name;
  if (logged !== undefined || 'mlflow' in source) return logged;
  const place = 'dvc' in source ? join(folder, source.dvc) : run.artifactFolder;
  return place === undefined ? undefined : findModel(place);
}

/**
 * Evaluates the draft on the run and bounds each check by today's values. What is too small for an interval is bounded by
 * its value alone, and what means nothing here goes.
 */
async function withBounds(
  request: ProposalRequest,
  draft: PolicyDraft,
  run: Run,
  source: RunSource,
): Promise<PolicyDraft> {
  const sure = await outcomesOf(request, draft, run, source);
  const checks = draft.checks.map((check) =>
    sure.get(check.id)?.status === 'pass' ? check : withoutConfidence(check),
  );
  const again = checks.some((check, index) => check !== draft.checks[index]);
  const outcomes = again ? await outcomesOf(request, { ...draft, checks }, run, source) : sure;
  return { ...draft, checks: checks.flatMap((check) => boundedByToday(check, outcomes.get(check.id)) ?? []) };
}

function withoutConfidence(check: ProposedCheck): ProposedCheck {
  if (!('confidence' in check.fields)) return check;
  const { confidence: _, ...fields } = check.fields;
  return { ...check, fields };
}

async function outcomesOf(
  request: ProposalRequest,
  draft: PolicyDraft,
  run: Run,
  source: RunSource,
): Promise<ReadonlyMap<string, Outcome>> {
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
  return new Map(assessment.outcomes.map((outcome) => [outcome.id, outcome]));
}
