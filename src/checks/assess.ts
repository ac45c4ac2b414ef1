import { dirname } from 'node:path';
import type { DigestCache } from '../base/digest-cache.ts';
import { sha256Hex } from '../base/hashing.ts';
import type { Problem, ReportProgress, Result } from '../base/result.ts';
import { listInWords } from '../base/text.ts';
import { TOOL } from '../base/tool.ts';
import { listModelFiles, type ModelFiles, namesAlike } from '../evidence/model-files.ts';
import { relativeToPolicy } from '../evidence/paths.ts';
import type { Positions } from '../policy/positions.ts';
import type { Check, Policy } from '../policy/schema.ts';
import type { Run, RunSource } from '../runs/run.ts';
import { ASSESSMENT_SCHEMA, type Assessment } from './assessment.ts';
import { type ApprovedModels, type FindApproved, openBaselines } from './baselines.ts';
import { type CheckContext, type Finding, notEvaluable } from './check-context.ts';
import { datasetsOf, datasetTables, RANK_AHEAD_FROM, type RankingTables } from './dataset-tables.ts';
import { evaluate } from './kinds.ts';
import type { Outcome } from './outcome.ts';
import type { ObserveCheck } from './plots/collect-plots.ts';
import { needsRanking } from './ranking-needed.ts';
import { summarise } from './summary.ts';
import { unfinishedSentence } from './unfinished-run.ts';
import { checkTitle } from './words.ts';

export interface AssessInput {
  /** Absolute. */
  readonly policyFile: string;
  /** The policy as it was read, once: what is parsed is what is hashed. */
  readonly policyBytes: Uint8Array;
  readonly policy: Policy;
  readonly positions: Pick<Positions, 'locate'>;
  readonly run: Run;
  readonly source: Pick<RunSource, 'location'>;
  /** Says what is approved, for the baseline and for `against`; without it a check against an environment is not evaluable. */
  readonly findApproved?: FindApproved | undefined;
  /** Opens another run of the same source, for `against`. */
  readonly loadRun?: ((id: string) => Promise<Result<Run>>) | undefined;
  /** For whoever looks again and again. What is signed is assessed without one, so that every file is read anew. */
  readonly digestCache?: DigestCache | undefined;
  /** Sees every check and what it read; it changes nothing of the assessment. */
  readonly observe?: ObserveCheck | undefined;
  readonly signal?: AbortSignal;
  readonly reportProgress?: ReportProgress;
}

export interface AssessResult {
  readonly assessment: Assessment;
  /** undefined for a run whose model files can't be had; `problems` says why. */
  readonly modelFiles: ModelFiles | undefined;
  readonly problems: readonly Problem[];
}

/**
 * Evaluates every check of the policy on the run. The same inputs give the same assessment, byte for byte. A check
 * that can't be evaluated says so in its outcome and spoils no other; only an aborted signal makes this throw.
 */
export async function assess(input: AssessInput): Promise<AssessResult> {
  const { policy, run } = input;
  const policyFolder = dirname(input.policyFile);
  const { signal, reportProgress, digestCache } = input;
  reportProgress?.({ message: 'Hashing the model’s files' });
  const listed = await listModelFiles(policy.run.artifact, {
    ...{ run, policyFolder, signal, reportProgress },
    cache: digestCache,
    pointers: 'resolve pointers',
  });
  const modelId = listed.ok ? listed.value.modelId : null;
  const approved = (await input.findApproved?.({ policy, modelId })) ?? { baseline: null, baselines: undefined };
  const dialects = new Set<string>();
  const outcomes = await evaluateAll(input, policyFolder, approved, (sentence) => dialects.add(sentence));
  const problems = [...dialects]
    .sort()
    .map((message): Problem => ({ code: 'table-dialect', severity: 'information', message }));
  const unfinished = unfinishedSentence(run);
  if (unfinished !== undefined) problems.push({ code: 'run-not-finished', severity: 'warning', message: unfinished });
  if (!listed.ok) problems.push({ ...listed.problem, severity: 'warning' });
  else problems.push(...namesLost(listed.value));
  return {
    assessment: {
      schema: ASSESSMENT_SCHEMA,
      tool: { name: TOOL.name, version: TOOL.version },
      project: policy.project,
      model: policy.model,
      run: { id: run.id, name: run.name, source: input.source.location },
      policy: { path: relativeToPolicy(policyFolder, input.policyFile), sha256: sha256Hex(input.policyBytes) },
      summary: summarise(outcomes),
      outcomes,
      model_id: modelId,
      baseline: approved.baseline,
    },
    modelFiles: listed.ok ? listed.value : undefined,
    problems,
  };
}

function namesLost({ files }: ModelFiles): Problem[] {
  return namesAlike(files).map((names) => ({
    code: 'model-names-alike',
    severity: 'warning',
    message: `The model’s files ${listInWords(names.map((name) => `“${name}”`))} are one file where names differ neither by case nor by how accents are written (macOS, Windows); rename them before the model goes there.`,
  }));
}

/**
 * Checks of the same data set are evaluated together, so that it can be let go, and those last that wait for its scores
 * to be sorted; outcomes keep the policy's order.
 */
async function evaluateAll(
  input: AssessInput,
  policyFolder: string,
  { baselines: approved }: ApprovedModels,
  noteDialect: (sentence: string) => void,
): Promise<Outcome[]> {
  const { policy, run, signal, reportProgress, digestCache } = input;
  const reading = { policy, policyFolder, run, signal, reportProgress, digestCache };
  const tables = datasetTables({ ...reading, noteDialect, rankAheadFrom: RANK_AHEAD_FROM });
  const baselines = openBaselines({ ...reading, baselines: approved, loadRun: input.loadRun });
  const context: CheckContext = { ...reading, tables, baseline: baselines.find };
  const checks = Object.entries(policy.checks);
  const findings = new Map<string, Finding>();
  for (const [id, check] of inTurn(checks, policy)) {
    signal?.throwIfAborted();
    reportProgress?.({ message: `Checking ${id}`, fraction: findings.size / checks.length });
    const finding = await safely(check, context, tables);
    findings.set(id, finding);
    await input.observe?.({ id, check, finding }, context);
    tables.release(id);
    baselines.release(id);
    await turnOfEvents();
  }
  return checks.map(([id, check]) =>
    outcomeOf(id, check, findings.get(id) ?? notEvaluable('The check was not evaluated.'), input.positions),
  );
}

function inTurn(checks: readonly [string, Check][], policy: Policy): [string, Check][] {
  const first = (check: Check) => datasetsOf(check, policy)[0] ?? '';
  const order = [...new Set(checks.map(([, check]) => first(check)))];
  const place = (check: Check) => 2 * order.indexOf(first(check)) + (needsRanking(check) ? 1 : 0);
  return checks.toSorted(([, a], [, b]) => place(a) - place(b));
}

/** Lets messages in, so that a long assessment can be cancelled between checks. */
function turnOfEvents(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Whatever goes wrong inside a check, the answer is "not evaluable", never a pass and never a crash. */
async function safely(check: Check, context: CheckContext, tables: RankingTables): Promise<Finding> {
  if (check.not_applicable !== undefined) {
    return { ...notEvaluable(check.not_applicable), status: 'not_applicable' };
  }
  try {
    await tables.ranked(check);
    context.signal?.throwIfAborted();
    return await evaluate(check, context);
  } catch (error) {
    context.signal?.throwIfAborted();
    return notEvaluable(`The check can’t be evaluated: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

/** The keys in the contract's order. */
function outcomeOf(id: string, check: Check, finding: Finding, positions: Pick<Positions, 'locate'>): Outcome {
  const { line, column } = positions.locate(['checks', id]);
  return {
    id,
    check: check.check,
    title: checkTitle(id, check),
    severity: check.severity ?? 'required',
    status: finding.status,
    value: finding.value,
    bound: finding.bound,
    interval: finding.interval,
    rows: finding.rows,
    formula: finding.formula,
    ...(finding.parts ? { parts: finding.parts } : {}),
    message: finding.message,
    evidence: finding.evidence,
    source: { line, column },
  };
}
