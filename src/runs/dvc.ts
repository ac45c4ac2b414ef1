import { fail, type Result } from '../base/result.ts';
import type { OpenRuns, RunSurroundings } from './open-runs.ts';

export async function openDvc(_store: {
  readonly dvc: string;
  readonly policyFolder: string;
  readonly surroundings: RunSurroundings;
}): Promise<Result<OpenRuns>> {
  return fail('run-source-not-supported', 'Not supported by this version.');
}
