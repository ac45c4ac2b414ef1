import { dirname } from 'node:path';
import { approvedModelsIn } from '../../approval/approved-models.ts';
import { type ApprovedPolicy, approvedPolicyOf } from '../../approval/approved-policy.ts';
import { fail, type Result, succeed } from '../../base/result.ts';
import { inEnglish } from '../../base/translate.ts';
import { compareOutcomes, type OutcomeComparison } from '../../checks/comparison/compare-outcomes.ts';
import { metricDifferences } from '../../checks/comparison/metric-differences.ts';
import { type Assessed, loadAndAssess } from '../../checks/load-and-assess.ts';
import { differencesPlot } from '../../checks/plots/differences.ts';
import { environmentPackages } from '../../evidence/environment-packages.ts';
import { findModelFolder } from '../../evidence/model-files.ts';
import { openRepository } from '../../git/repository.ts';
import { type PolicyDifference, policyDifferences } from '../../policy/policy-differences.ts';
import { weakerThan } from '../../policy/weaker-policy.ts';
import type { PictureSection } from '../../report/pictures/picture.ts';
import type { Run } from '../../runs/run.ts';
import { type Look, newestLook } from './newest-look.ts';
import { openAllowedRuns } from './open-allowed-runs.ts';
import { pathInRepository } from './open-policy.ts';
import type { OperationContext, Trust } from './operation-context.ts';
import { shownDigests } from './shown-digests.ts';

export interface CompareInput {
  readonly policyFile: string;
  readonly trust: Trust;
  /** sha256 of the assessment of the run in the checklist, which is the first. */
  readonly digest: string;
  /** Id of the second run. */
  readonly other: string;
}

/** What one run is, for a comparison. */
export interface ComparedRun extends Pick<Run, 'id' | 'name' | 'startTime' | 'metrics' | 'params' | 'tags' | 'inputs'> {
  readonly modelId: string | undefined;
  /** File of the model -> sha256; empty where it has none here. */
  readonly modelFiles: ReadonlyMap<string, string>;
  /** Package -> version. */
  readonly packages: ReadonlyMap<string, string>;
}

/** How the policy differs from the one under which the second run was approved. */
export type PolicySince =
  | { readonly kind: 'never approved' }
  | { readonly kind: 'lost'; readonly approval: Pick<ApprovedPolicy, 'issued' | 'sha256'> }
  | {
      readonly kind: 'known';
      readonly approval: Pick<ApprovedPolicy, 'issued' | 'sha256'>;
      readonly differences: readonly PolicyDifference[];
      /** In what it asks less by now. Sentences. */
      readonly weaker: readonly string[];
    };

export interface RunComparison {
  readonly first: ComparedRun;
  readonly second: ComparedRun;
  /** Regressions first. */
  readonly checks: readonly OutcomeComparison[];
  readonly policy: PolicySince;
  readonly pictures: readonly PictureSection[];
}

/** The run in the checklist beside another one, which is evaluated under the same policy. For showing only. */
export async function compareRuns(input: CompareInput, context: OperationContext): Promise<Result<RunComparison>> {
  const { policyFile, trust, other } = input;
  const { signal, reportProgress, surroundings } = context;
  const look = lookOf(input);
  if (look === undefined) return superseded();
  const { policy, policyBytes, run } = look.assessed;
  const runs = await openAllowedRuns({ policyFile, source: policy.run, trust, surroundings });
  if (!runs.ok) return runs;
  try {
    const second = await loadAndAssess({
      ...{ policyFile, runs: runs.value, runId: other, digestCache: shownDigests, signal, reportProgress },
      ...(trust === 'trusted' ? { findApproved: approvedModelsIn({ policyFile, now: new Date(), signal }) } : {}),
    });
    if (!second.ok) return second;
    if (Buffer.compare(second.value.policyBytes, policyBytes) !== 0) return superseded();
    const between = { policy, policyFolder: dirname(policyFile), first: run, second: second.value.run };
    const differences = await metricDifferences({ ...between, signal, reportProgress });
    const { outcomes } = look.assessed.assessment;
    const checks = compareOutcomes(policy, outcomes, second.value.assessment.outcomes, differences);
    return succeed({
      first: await comparedRun(look.assessed, signal),
      second: await comparedRun(second.value, signal),
      checks,
      policy: trust === 'trusted' ? await policySince(look.assessed, other, signal) : { kind: 'never approved' },
      pictures: await picturesOf(checks, look, context),
    });
  } finally {
    runs.value.close();
  }
}

function lookOf({ policyFile, digest }: CompareInput): Look | undefined {
  const look = newestLook(policyFile);
  return look?.digest === digest ? look : undefined;
}

function superseded(): Result<never> {
  return fail('superseded', 'The run, its evidence or the policy changed while it was compared: try again.');
}

async function comparedRun(
  { run, policy, policyFile, modelFiles }: Assessed,
  signal: AbortSignal,
): Promise<ComparedRun> {
  const policyFolder = dirname(policyFile);
  const { id, name, startTime, metrics, params, tags, inputs } = run;
  const folder = await findModelFolder(policy.run.artifact, { run, policyFolder });
  return {
    ...{ id, name, startTime, metrics, params, tags, inputs },
    modelId: modelFiles?.modelId,
    modelFiles: new Map(modelFiles?.files.map((file) => [file.name, file.sha256])),
    packages: folder.ok ? await environmentPackages(folder.value, policyFolder, signal) : new Map(),
  };
}

/** By the environment that people mean when they name none. */
async function policySince({ policy, policyFile }: Assessed, run: string, signal: AbortSignal): Promise<PolicySince> {
  const environment = Object.keys(policy.signoff.environments).at(-1);
  const repository = await openRepository(dirname(policyFile));
  if (!repository.ok || environment === undefined) return { kind: 'never approved' };
  const approved = await approvedPolicyOf(run, {
    ...{ repository: repository.value, policyPath: pathInRepository(repository.value, policyFile) },
    ...{ policy, environment, now: new Date(), signal },
  });
  if (approved === undefined) return { kind: 'never approved' };
  const approval = { issued: approved.issued, sha256: approved.sha256 };
  if (approved.kind === 'lost') return { kind: 'lost', approval };
  return {
    ...{ kind: 'known', approval, differences: policyDifferences(policy, approved.policy) },
    weaker: weakerThan(policy, approved.policy).map(
      ({ path, message }) => `${path.map(String).join('.')}: ${message} then.`,
    ),
  };
}

async function picturesOf(
  checks: readonly OutcomeComparison[],
  { assessed: { policy } }: Look,
  { onFault, t = inEnglish }: OperationContext,
): Promise<readonly PictureSection[]> {
  const plot = differencesPlot(checks, policy);
  if (plot === undefined) return [];
  // Drawing needs libraries that nothing else does.
  const { drawPictures } = await import('../../report/pictures/draw-pictures.ts');
  return drawPictures([plot], { policy, outcomes: new Map(), onFault: (error) => onFault?.(error), t });
}
