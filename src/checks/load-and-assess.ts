import { readFile, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { DigestCache } from '../base/digest-cache.ts';
import { fail, type Problem, type ReportProgress, type Result, succeed } from '../base/result.ts';
import { countOf } from '../base/text.ts';
import type { ModelFiles } from '../evidence/model-files.ts';
import { hasErrors, type ParsedPolicy, parsePolicy } from '../policy/parse.ts';
import type { Positions } from '../policy/positions.ts';
import type { Policy } from '../policy/schema.ts';
import { newestFinishedRun } from '../runs/newest-finished-run.ts';
import { openRunSource } from '../runs/open-run-source.ts';
import type { OpenRuns, ReadRunsOptions, RunSurroundings } from '../runs/open-runs.ts';
import type { Run, RunSource } from '../runs/run.ts';
import { assess } from './assess.ts';
import type { Assessment } from './assessment.ts';
import type { FindApproved } from './baselines.ts';
import type { ObserveCheck } from './plots/collect-plots.ts';
import { assessmentBytes } from './serialise.ts';
import { loadRunForPolicy } from './wanted-artifacts.ts';

export interface LoadAndAssessInput {
  /** Absolute. */
  readonly policyFile: string;
  /** The newest finished run when not given. */
  readonly runId?: string;
  /** See `AssessInput`. */
  readonly findApproved?: FindApproved;
  readonly surroundings?: RunSurroundings;
  /** The policy's runs, where they are open already; not closed here. */
  readonly runs?: OpenRuns;
  /** See `AssessInput`. */
  readonly digestCache?: DigestCache;
  /** See `AssessInput`. */
  readonly observe?: ObserveCheck;
  readonly signal?: AbortSignal;
  readonly reportProgress?: ReportProgress;
}

/** An assessment, and everything that it was made from, so that nobody needs to read it again. */
export interface Assessed {
  readonly assessment: Assessment;
  /** The bytes of the assessment file. */
  readonly bytes: Uint8Array;
  readonly policyFile: string;
  readonly policyBytes: Uint8Array;
  readonly policy: Policy;
  readonly positions: Positions;
  readonly run: Run;
  readonly source: RunSource;
  readonly modelFiles: ModelFiles | undefined;
  /** Warnings: of the policy, of runs that were left out when the newest was chosen, of a run that is not finished, of model files that can't be had. */
  readonly problems: readonly Problem[];
}

/** As `Result`; a failure has `problem`, in one sentence, and in `problems` all that was found. */
export type LoadedAssessment =
  | { readonly ok: true; readonly value: Assessed }
  | { readonly ok: false; readonly problem: Problem; readonly problems: readonly Problem[] };

/** More would hide the answer. */
const MOST_LEFT_SAID = 5;

/**
 * Reads the policy, opens its runs, chooses one, evaluates every check. It fails only when the question can't be
 * asked: no policy or a wrong one, no store, no run. Throws only when the signal is aborted.
 */
export async function loadAndAssess(input: LoadAndAssessInput): Promise<LoadedAssessment> {
  const { policyFile, signal } = input;
  signal?.throwIfAborted();
  const read = await readPolicy(policyFile);
  if (!read.ok) return failure(read);
  const { policyBytes, parsed } = read.value;
  const { value: policy, positions, problems } = parsed;
  if (policy === undefined || hasErrors(problems)) return policyFailure(problems, basename(policyFile));

  const runRange = positions.locate(['run']);
  const where = { file: basename(policyFile), range: runRange };
  const opened = await openRuns(policy, input);
  if (!opened.ok) return failure({ ok: false, problem: { ...where, ...opened.problem } });
  try {
    const chosen = await chooseRun(opened.value, policy, input);
    if (!chosen.ok) return failure({ ok: false, problem: { ...where, ...chosen.problem } });
    const { run, left } = chosen.value;
    const { source } = opened.value;
    const loadRun = (id: string) => loadRunForPolicy(opened.value, id, policy, watchOf(input));
    const result = await assess({ ...input, policyBytes, policy, positions, run, source, loadRun });
    return {
      ok: true,
      value: {
        assessment: result.assessment,
        bytes: assessmentBytes(result.assessment),
        ...{ policyFile, policyBytes, policy, positions, run, source },
        modelFiles: result.modelFiles,
        problems: [...problems, ...left, ...result.problems],
      },
    };
  } finally {
    if (opened.value !== input.runs) opened.value.close();
  }
}

async function openRuns(
  policy: Policy,
  { policyFile, runs, surroundings }: LoadAndAssessInput,
): Promise<Result<OpenRuns>> {
  return runs === undefined ? openRunSource(policy.run, dirname(policyFile), surroundings) : { ok: true, value: runs };
}

async function readPolicy(policyFile: string): Promise<Result<{ policyBytes: Uint8Array; parsed: ParsedPolicy }>> {
  const file = basename(policyFile);
  let policyBytes: Uint8Array;
  try {
    // Reading a pipe would wait without end.
    if (!(await stat(policyFile)).isFile())
      return fail('policy-unreadable', `The policy “${file}” is not a file.`, { file });
    policyBytes = await readFile(policyFile);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return fail(
      'policy-unreadable',
      missing ? `There is no policy “${file}”.` : `The policy “${file}” can’t be read: ${(error as Error).message}.`,
      { file },
    );
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(policyBytes);
    return { ok: true, value: { policyBytes, parsed: parsePolicy(text, file) } };
  } catch {
    return fail('policy-unreadable', `The policy “${file}” is not UTF-8 text.`, { file });
  }
}

interface Chosen {
  readonly run: Run;
  /** Why some were left out: one of those may be the newest. */
  readonly left: readonly Problem[];
}

async function chooseRun(runs: OpenRuns, policy: Policy, input: LoadAndAssessInput): Promise<Result<Chosen>> {
  const watch = watchOf(input);
  const load = async (id: string, left: readonly Problem[]): Promise<Result<Chosen>> => {
    const loaded = await loadRunForPolicy(runs, id, policy, watch);
    return loaded.ok ? succeed({ run: loaded.value, left }) : loaded;
  };
  if (input.runId !== undefined) return load(input.runId, []);
  const listed = await runs.list({ ...watch, metrics: 'none' });
  if (listed.value === undefined) {
    return {
      ok: false,
      problem: listed.problems[0] ?? {
        code: 'run-source-unreadable',
        severity: 'error',
        message: 'The runs can’t be listed.',
      },
    };
  }
  const newest = newestFinishedRun(listed.value);
  if (newest !== undefined) return load(newest.id, listed.problems.slice(0, MOST_LEFT_SAID));
  const unfinished = listed.value.length > 0 ? `; ${countOf(listed.value.length, 'run')} there did not finish` : '';
  const where = `“${runs.source.location}”${unfinished}${unreadInWords(listed.problems)}`;
  return fail('run-missing', `There is no finished run in ${where}.`);
}

/** What is left out because it can't be read may be what somebody looks for. */
function unreadInWords([first, ...others]: readonly Problem[]): string {
  if (first === undefined) return '';
  const said = first.message.replace(/\.$/, '');
  return others.length === 0
    ? `; one can’t be read (${said})`
    : `; ${countOf(others.length + 1, 'of them', 'of them')} can’t be read (the first: ${said})`;
}

function watchOf({ signal, reportProgress }: LoadAndAssessInput): ReadRunsOptions {
  return { ...(signal ? { signal } : {}), ...(reportProgress ? { reportProgress } : {}) };
}

function policyFailure(problems: readonly Problem[], file: string): LoadedAssessment {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const first = errors[0] ?? {
    code: 'policy-unreadable',
    severity: 'error',
    message: 'The policy can’t be understood.',
    file,
  };
  const others = errors.length - 1;
  const more = others > 0 ? ` (and ${countOf(others, 'more error')})` : '';
  return { ok: false, problem: { ...first, message: first.message + more }, problems };
}

function failure(failed: { readonly ok: false; readonly problem: Problem }): LoadedAssessment {
  return { ...failed, problems: [failed.problem] };
}
