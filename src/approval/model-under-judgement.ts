import { fail, type Result, succeed } from '../base/result.ts';
import { listModelFiles, listModelFilesAt, type ModelFiles } from '../evidence/model-files.ts';
import type { Policy } from '../policy/schema.ts';
import type { Run } from '../runs/run.ts';

export interface LoadRunOptions {
  /** Whether the files that the policy names must be on this machine; a server's are fetched then. */
  readonly artifacts: 'wanted' | 'not wanted';
  readonly signal?: AbortSignal;
}

/** Loads a run by its id. Handed in, so that a verification of bytes alone needs no tracking store. */
export type LoadRun = (
  policy: Policy,
  policyFolder: string,
  run: string,
  options: LoadRunOptions,
) => Promise<Result<Run>>;

export interface ModelQuestion {
  /** The bytes to deploy: a file or folder, absolute. */
  readonly modelPath: string | undefined;
  readonly run: string | undefined;
  readonly policy: Policy;
  readonly policyFolder: string;
  readonly loadRun: LoadRun;
  readonly signal?: AbortSignal | undefined;
}

export interface ModelUnderJudgement {
  readonly model: ModelFiles;
  /** Undefined when the question named none, or when the store is not where the pipeline runs. */
  readonly run: Run | undefined;
}

/** Lists and hashes the model's files where the pipeline says, else from the run. */
export async function modelUnderJudgement(question: ModelQuestion): Promise<Result<ModelUnderJudgement>> {
  const { modelPath, policy, policyFolder } = question;
  const signal = question.signal === undefined ? {} : { signal: question.signal };
  const artifacts = modelPath === undefined ? 'wanted' : 'not wanted';
  const run =
    question.run === undefined
      ? undefined
      : await question.loadRun(policy, policyFolder, question.run, { artifacts, ...signal });
  if (modelPath !== undefined) {
    const model = await listModelFilesAt(modelPath, signal);
    return model.ok ? succeed({ model: model.value, run: run?.ok ? run.value : undefined }) : model;
  }
  if (run === undefined) {
    return fail(
      'question-incomplete',
      'Say which model: --run <id> of the run, or --model-path <path> of the files to deploy.',
    );
  }
  if (!run.ok) return run;
  const model = await listModelFiles(policy.run.artifact, { run: run.value, policyFolder, ...signal });
  return model.ok ? succeed({ model: model.value, run: run.value }) : model;
}

/** Opens the policy's own run source. Loaded on demand: a verification of bytes alone starts without it. */
export const loadRunOfPolicy: LoadRun = async (...question) => (await import('./load-run.ts')).loadRun(...question);

/** Names of those who trained the run, as the tracking server has them. */
export function trainersOf(run: Run): string[] {
  const names = [run.user, run.tags.get('mlflow.user')];
  return [...new Set(names.filter((name): name is string => name !== undefined && name.trim() !== ''))];
}
