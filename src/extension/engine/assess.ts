import { dirname, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { approvedModelsIn } from '../../approval/approved-models.ts';
import { sha256Hex } from '../../base/hashing.ts';
import type { Problem, Result, SourceRange } from '../../base/result.ts';
import { succeed } from '../../base/result.ts';
import type { Assessment } from '../../checks/assessment.ts';
import { type Assessed, loadAndAssess } from '../../checks/load-and-assess.ts';
import { collectPlots, type PlotCollector } from '../../checks/plots/collect-plots.ts';
import { hasErrors, type ParsedPolicy } from '../../policy/parse.ts';
import type { Policy } from '../../policy/schema.ts';
import { newestFinishedRun } from '../../runs/newest-finished-run.ts';
import type { OpenRuns } from '../../runs/open-runs.ts';
import type { RegisteredVersion, Run, RunSource, RunSummary } from '../../runs/run.ts';
import { inputStamps } from './input-stamps.ts';
import { forgetLook, type Look, newestLook, rememberLook } from './newest-look.ts';
import { readPolicy } from './open-policy.ts';
import { type LentRuns, openRunsCache, type Reading } from './open-runs-cache.ts';
import type { OperationContext, Trust } from './operation-context.ts';
import { type RunLine, runLine } from './run-line.ts';
import { shownDigests } from './shown-digests.ts';
import { isStillTrue } from './still-true.ts';
import { restoreLook, storeLook } from './stored-looks.ts';
import { inputsOf, sourceInputs } from './watched-inputs.ts';

export interface AssessInput {
  readonly policyFile: string;
  /** The newest finished one when undefined. */
  readonly run: string | undefined;
  readonly trust: Trust;
  readonly reading: Reading;
  /** Whether a commit may have been made since the assessment that is shown. */
  readonly git: 'same' | 'may have changed';
  /** Digest of the assessment that is shown; where the look finds that it still holds, it is not sent again. */
  readonly shown: string | undefined;
}

export interface ShownAssessment {
  readonly assessment: Assessment;
  /** sha256 of the assessment's bytes. */
  readonly digest: string;
  /** Where each check stands in the policy. */
  readonly places: ReadonlyMap<string, Pick<SourceRange, 'offset' | 'length'>>;
  /** The versions of registered models that were made of the run. */
  readonly registered: readonly Pick<RegisteredVersion, 'name' | 'version' | 'aliases'>[];
}

export interface AssessReply {
  readonly policy: Policy | undefined;
  readonly policyProblems: readonly Problem[];
  /** Undefined where the runs could not be opened. */
  readonly source: Pick<RunSource, 'kind' | 'location'> | undefined;
  readonly runs: readonly RunLine[];
  /** Why some runs are not among them, or not whole. */
  readonly runProblems: readonly Problem[];
  readonly assessed: ShownAssessment | 'as shown' | undefined;
  readonly obstacle: Problem | undefined;
  /** Files, absolute; when one changes, the answer is old. */
  readonly watched: readonly string[];
  /** Folders in which also a new file makes the answer old; not what lies below their subfolders. */
  readonly watchedFolders: readonly string[];
}

/** More would not be read by anybody, and each is sent at every look. */
const MOST_RUN_PROBLEMS = 50;

interface Question {
  readonly input: AssessInput;
  readonly context: OperationContext;
  readonly parsed: ParsedPolicy;
  readonly policy: Policy;
}

/** Everything that the checklist and the runs view show. What is wrong with the input is part of the answer. */
export async function assess(input: AssessInput, context: OperationContext): Promise<Result<AssessReply>> {
  const { policyFile, trust, reading } = input;
  const parsed = await readPolicy(policyFile);
  if (!parsed.ok) {
    forgetLook(policyFile);
    return parsed;
  }
  const { value: policy, problems } = parsed.value;
  const nothing: AssessReply = {
    policy,
    policyProblems: problems,
    ...{ source: undefined, runs: [], runProblems: [], assessed: undefined, obstacle: undefined },
    ...{ watched: [], watchedFolders: [] },
  };
  if (policy === undefined || hasErrors(problems)) {
    forgetLook(policyFile);
    return succeed(nothing);
  }
  const question = { input, context, parsed: parsed.value, policy };
  const wanted = { policyFile, source: policy.run, trust, surroundings: context.surroundings };
  const looked = await openRunsCache.lend(wanted, reading, (lent) => lookAt(lent, question, nothing));
  if (looked.ok) return succeed(looked.value);
  forgetLook(policyFile);
  const { files, folders } = await sourceInputs({ watched: storePlace(policy, policyFile) });
  return succeed({ ...nothing, obstacle: looked.problem, watched: files, watchedFolders: folders });
}

/** Where a store that can't be opened yet would come to be, so that training which begins is noticed. */
function storePlace({ run }: Policy, policyFile: string): readonly string[] {
  const location = 'mlflow' in run ? run.mlflow : 'dvc' in run ? run.dvc : run.folder;
  return /^https?:|[*?{[]/i.test(location)
    ? []
    : [resolve(dirname(policyFile), location.replace(/^sqlite:\/\/\//i, ''))];
}

async function lookAt(lent: LentRuns, question: Question, nothing: AssessReply): Promise<AssessReply> {
  const { input, context, policy } = question;
  const { policyFile } = input;
  const earlier = newestLook(policyFile);
  // Until this look has come to its end, nothing is known: one that is broken off leaves nothing half-true behind.
  forgetLook(policyFile);
  const { source } = lent.runs;
  const { signal, reportProgress } = context;
  // Progress tells the editor that something takes its time; a few runs that are read again do not.
  const listed = await lent.list(input.reading.kind === 'changes' ? { signal } : { signal, reportProgress });
  const sources = await sourceInputs(source);
  const known: AssessReply = {
    ...nothing,
    source: { kind: source.kind, location: source.location },
    ...{ watched: sources.files, watchedFolders: sources.folders },
  };
  const { value: runs, problems } = listed;
  if (runs === undefined) return { ...known, obstacle: problems[0] };
  const withRuns = { ...known, runs: runs.map(runLine), runProblems: problems.slice(0, MOST_RUN_PROBLEMS) };
  const chosen = chosenRun(input, runs);
  const isSame = earlier !== undefined && (await isStillTrue(earlier, { ...question, runs: lent.runs, run: chosen }));
  const runNames = new Map(runs.map(({ id, name }) => [id, name]));
  const looked = isSame
    ? succeed({ ...earlier, runNames })
    : await lookAnew(lent.runs, question, { run: chosen, runNames, order: earlier === undefined ? 'first' : 'later' });
  if (!looked.ok) return { ...withRuns, obstacle: looked.problem };
  const { assessed, digest } = looked.value;
  // A policy that names other runs by now was not answered with these; its own change brings about the next look.
  if (!isDeepStrictEqual(assessed.policy.run, policy.run)) return withRuns;
  rememberLook(policyFile, looked.value);
  const { files, folders } = inputsOf(assessed);
  return {
    ...withRuns,
    assessed: isSame ? 'as shown' : plainPart(assessed, digest, question.parsed),
    watched: [...sources.files, ...files],
    watchedFolders: [...sources.folders, ...folders],
  };
}

/** A look that was stored, where a folder is opened and nothing has changed; else everything is evaluated. */
async function lookAnew(
  runs: OpenRuns,
  question: Question,
  {
    run,
    runNames,
    order,
  }: { run: string | undefined; runNames: ReadonlyMap<string, string>; order: 'first' | 'later' },
): Promise<Result<Look>> {
  const { policyFile, reading } = question.input;
  const { signal, reportProgress, lookFolder, onFault } = question.context;
  reportProgress({ message: 'Reading the run' });
  if (lookFolder !== undefined && order === 'first' && reading.kind !== 'anew') {
    const restored = await restoreLook(lookFolder, { policyFile, runs, run, runNames, signal });
    if (restored !== undefined) return succeed(restored);
  }
  const since = Date.now();
  const used = new Map<string, Run>();
  const collector = collectPlots((error) => onFault?.(error));
  const loaded = await assessChosen(noting(runs, used), question, { run, collector });
  if (!loaded.ok) return loaded;
  const { bytes, policy } = loaded.value;
  const look: Look = {
    assessed: loaded.value,
    ...{ digest: sha256Hex(bytes), runs: used, runNames, plots: collector.plots() },
    stamps: inputStamps(policy, used.values(), { policyFile, since }),
  };
  if (lookFolder !== undefined) void storeLook(lookFolder, look);
  return succeed(look);
}

/** A run that was chosen once and deleted since is no reason to show nothing. */
function chosenRun({ run }: AssessInput, runs: readonly RunSummary[]): string | undefined {
  return runs.some(({ id }) => id === run) ? run : newestFinishedRun(runs)?.id;
}

async function assessChosen(
  runs: OpenRuns,
  { input: { policyFile, trust }, context: { signal, reportProgress } }: Question,
  { run, collector }: { readonly run: string | undefined; readonly collector: PlotCollector },
): ReturnType<typeof loadAndAssess> {
  return loadAndAssess({
    ...{ policyFile, runs, digestCache: shownDigests, signal, reportProgress, observe: collector.observe },
    ...(run === undefined ? {} : { runId: run }),
    // What is approved is asked of git, which may not run in a folder that nobody trusts.
    ...(trust === 'trusted' ? { findApproved: approvedModelsIn({ policyFile, now: new Date(), signal }) } : {}),
  });
}

/** The same runs; every run that is loaded is noted. */
function noting(runs: OpenRuns, used: Map<string, Run>): OpenRuns {
  const { source, fetchArtifacts } = runs;
  return {
    source,
    ...(fetchArtifacts === undefined ? {} : { fetchArtifacts: fetchArtifacts.bind(runs) }),
    list: (options) => runs.list(options),
    close: () => runs.close(),
    load: async (id, options) => {
      const loaded = await runs.load(id, options);
      if (loaded.ok) used.set(id, loaded.value);
      return loaded;
    },
  };
}

function plainPart({ assessment, run }: Assessed, digest: string, { positions }: ParsedPolicy): ShownAssessment {
  const places = assessment.outcomes.map(({ id }) => {
    const { offset, length } = positions.locate(['checks', id]);
    return [id, { offset, length }] as const;
  });
  const registered = run.registered.map(({ name, version, aliases }) => ({ name, version, aliases }));
  return { assessment, digest, places: new Map(places), registered };
}
