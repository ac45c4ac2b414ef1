import { dirname } from 'node:path';
import { sha256Hex } from '../base/hashing.ts';
import type { Problem, ReportProgress } from '../base/result.ts';
import { TOOL } from '../base/tool.ts';
import { listModelFiles, type ModelFiles } from '../evidence/model-files.ts';
import { relativeToPolicy } from '../evidence/paths.ts';
import type { Positions } from '../policy/positions.ts';
import type { Check, Policy } from '../policy/schema.ts';
import type { Run, RunSource } from '../runs/run.ts';
import { ASSESSMENT_SCHEMA, type Assessment } from './assessment.ts';
import { type CheckContext, type Finding, notEvaluable } from './check-context.ts';
import { datasetsOf, datasetTables } from './dataset-tables.ts';
import { evaluate } from './kinds.ts';
import type { Outcome } from './outcome.ts';
import { summarise } from './summary.ts';
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
  /** Id of the model that this one would replace; null for the first. */
  readonly baseline: string | null;
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
  const outcomes = await evaluateAll(input, policyFolder);
  input.reportProgress?.({ message: 'Hashing the model’s files' });
  const { signal } = input;
  const listed = await listModelFiles(policy.run.artifact, { run, policyFolder, ...(signal ? { signal } : {}) });
  const problems: Problem[] = [];
  if (run.status !== 'finished') {
    problems.push({
      code: 'run-not-finished',
      severity: 'warning',
      message: `The run “${run.name}” is ${run.status}, not finished; what it says may still change.`,
    });
  }
  if (!listed.ok) problems.push({ ...listed.problem, severity: 'warning' });
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
      model_id: listed.ok ? listed.value.modelId : null,
      baseline: input.baseline,
    },
    modelFiles: listed.ok ? listed.value : undefined,
    problems,
  };
}

/** Checks of the same data set are evaluated together, so that it can be let go; outcomes keep the policy's order. */
async function evaluateAll(input: AssessInput, policyFolder: string): Promise<Outcome[]> {
  const { policy, run, signal, reportProgress } = input;
  const tables = datasetTables({ policy, policyFolder, run, signal, reportProgress });
  const context: CheckContext = { policy, policyFolder, run, tables, signal, reportProgress };
  const checks = Object.entries(policy.checks);
  const findings = new Map<string, Finding>();
  for (const [id, check] of groupedByDataset(checks)) {
    signal?.throwIfAborted();
    reportProgress?.({ message: `Checking ${id}`, fraction: findings.size / checks.length });
    findings.set(id, await safely(check, context));
    tables.release(id);
  }
  return checks.map(([id, check]) =>
    outcomeOf(id, check, findings.get(id) ?? notEvaluable('The check was not evaluated.'), input.positions),
  );
}

function groupedByDataset(checks: readonly [string, Check][]): [string, Check][] {
  const order = [...new Set(checks.map(([, check]) => datasetsOf(check)[0] ?? ''))];
  return checks.toSorted(
    ([, a], [, b]) => order.indexOf(datasetsOf(a)[0] ?? '') - order.indexOf(datasetsOf(b)[0] ?? ''),
  );
}

/** Whatever goes wrong inside a check, the answer is "not evaluable", never a pass and never a crash. */
async function safely(check: Check, context: CheckContext): Promise<Finding> {
  if (check.not_applicable !== undefined) {
    return { ...notEvaluable(check.not_applicable), status: 'not_applicable' };
  }
  try {
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
