import { fail, type Result } from '../base/result.ts';
import type { OpenRuns, RunSurroundings } from './open-runs.ts';

export async function openMlflowServer(_store: {
  readonly address: string;
  readonly surroundings: RunSurroundings;
  readonly experiment?: string;
}): Promise<Result<OpenRuns>> {
  return fail('run-source-not-supported', 'Not supported by this version.');
}
