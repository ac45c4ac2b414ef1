import { fail, type Result } from '../base/result.ts';
import type { OpenRuns } from './open-runs.ts';

export async function openFolder(_store: {
  readonly folder: string;
  readonly policyFolder: string;
}): Promise<Result<OpenRuns>> {
  return fail('run-source-not-supported', 'Not supported by this version.');
}
