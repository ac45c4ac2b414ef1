import { dirname } from 'node:path';
import { approvedModelsIn } from '../../approval/approved-models.ts';
import { newDigestCache } from '../../base/digest-cache.ts';
import { sha256Hex } from '../../base/hashing.ts';
import type { Problem, Result, SourceRange } from '../../base/result.ts';
import { succeed } from '../../base/result.ts';
import type { Assessment } from '../../checks/assessment.ts';
import { type Assessed, loadAndAssess } from '../../checks/load-and-assess.ts';
import { hasErrors, type ParsedPolicy } from '../../policy/parse.ts';
import type { Policy } from '../../policy/schema.ts';
import { openRunSource } from '../../runs/open-run-source.ts';
import type { RunSummary } from '../../runs/run.ts';
import { forgetLook, rememberLook } from './newest-look.ts';
import { readPolicy } from './open-policy.ts';
import type { OperationContext } from './operation-context.ts';
import { inputsOf } from './watched-inputs.ts';

export interface AssessInput {
  readonly policyFile: string;
  /** The newest finished one when undefined. */
  readonly run: string | undefined;
}

export interface AssessReply {
  readonly policy: Policy | undefined;
  readonly policyProblems: readonly Problem[];
  readonly runs: readonly RunSummary[];
  readonly assessed:
    | {
        readonly assessment: Assessment;
        /** sha256 of the assessment's bytes. */
        readonly digest: string;
        /** Where each check stands in the policy. */
        readonly places: ReadonlyMap<string, Pick<SourceRange, 'offset' | 'length'>>;
      }
    | undefined;
  readonly obstacle: Problem | undefined;
  /** Files, absolute; when one changes, the answer is old. */
  readonly watched: readonly string[];
  /** Folders in which also a new file makes the answer old; not what lies below their subfolders. */
  readonly watchedFolders: readonly string[];
}

/** Looking again at a model that did not change reads none of its gigabytes. Signing never uses it: see `prepareSignOff`. */
const digestCache = newDigestCache();

interface Listing {
  readonly runs: readonly RunSummary[];
  readonly watched: readonly string[];
}

/** Everything that the checklist and the runs view show. What is wrong with the input is part of the answer. */
export async function assess(input: AssessInput, context: OperationContext): Promise<Result<AssessReply>> {
  const { policyFile } = input;
  forgetLook(policyFile);
  const parsed = await readPolicy(policyFile);
  if (!parsed.ok) return parsed;
  const { value: policy, problems } = parsed.value;
  const nothing = {
    policy,
    policyProblems: problems,
    ...{ runs: [], assessed: undefined, obstacle: undefined, watched: [], watchedFolders: [] },
  };
  if (policy === undefined || hasErrors(problems)) return succeed(nothing);
  const listing = await listRuns(policy, policyFile, context);
  if (!listing.ok) return succeed({ ...nothing, obstacle: listing.problem });
  const loaded = await assessChosen(input, listing.value.runs, context);
  if (!loaded.ok) return succeed({ ...nothing, ...listing.value, obstacle: loaded.problem });
  const runNames = new Map(listing.value.runs.map(({ id, name }) => [id, name]));
  rememberLook(policyFile, { assessed: loaded.value, runNames });
  const { files, folders } = inputsOf(loaded.value);
  return succeed({
    ...nothing,
    runs: listing.value.runs,
    assessed: plainPart(loaded.value, parsed.value),
    watched: [...listing.value.watched, ...files],
    watchedFolders: folders,
  });
}

async function assessChosen(
  { policyFile, run }: AssessInput,
  runs: readonly RunSummary[],
  { signal, reportProgress }: OperationContext,
): ReturnType<typeof loadAndAssess> {
  // A run that was chosen once and deleted since is no reason to show nothing.
  const chosen = runs.some(({ id }) => id === run) && run !== undefined ? { runId: run } : {};
  const findApproved = approvedModelsIn({ policyFile, now: new Date(), signal });
  return loadAndAssess({ policyFile, ...chosen, findApproved, digestCache, signal, reportProgress });
}

async function listRuns(policy: Policy, policyFile: string, { signal }: OperationContext): Promise<Result<Listing>> {
  const opened = await openRunSource(policy.run, dirname(policyFile));
  if (!opened.ok) return opened;
  try {
    const { value, problems } = await opened.value.list({ signal });
    const [problem] = problems;
    if (value === undefined && problem !== undefined) return { ok: false, problem };
    return succeed({ runs: value ?? [], watched: opened.value.source.watched });
  } finally {
    opened.value.close();
  }
}

function plainPart({ assessment, bytes }: Assessed, { positions }: ParsedPolicy): NonNullable<AssessReply['assessed']> {
  const places = assessment.outcomes.map(({ id }) => {
    const { offset, length } = positions.locate(['checks', id]);
    return [id, { offset, length }] as const;
  });
  return { assessment, digest: sha256Hex(bytes), places: new Map(places) };
}
