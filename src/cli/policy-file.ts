import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fail, type Result, succeed } from '../base/result.ts';

export const POLICY_FILE_NAME = 'signoff.yaml';

/**
 * The policy that a command means: the one named, else `signoff.yaml` in this folder or the nearest above it,
 * as git finds its repository.
 */
export function findPolicyFile(named: string | undefined, folder: string): Result<string> {
  if (named !== undefined) {
    const file = resolve(folder, named);
    if (existsSync(file)) return succeed(file);
    return fail('policy-not-found', `There is no policy file ${named}; name another with --policy.`);
  }
  for (let place = folder; ; place = dirname(place)) {
    const file = join(place, POLICY_FILE_NAME);
    if (existsSync(file)) return succeed(file);
    if (dirname(place) === place) break;
  }
  return fail(
    'policy-not-found',
    `There is no ${POLICY_FILE_NAME} here or above; write one with signoff init, or name it with --policy.`,
  );
}
