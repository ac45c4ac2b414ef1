import { type Result, succeed } from '../../base/result.ts';
import { proposePolicy } from '../../checks/proposal/propose-policy.ts';
import { readSettings, settingOf } from '../../git/git-settings.ts';
import { openRepository } from '../../git/repository.ts';
import type { OperationContext } from './operation-context.ts';

const NOBODY_YET = 'you@example.com';

export interface ProposalInput {
  readonly folder: string;
  /** Git tells who the person is; in an untrusted folder it is not asked. */
  readonly trust: 'trusted' | 'untrusted';
}

/** The text of a policy that would fit what training left in the folder. */
export async function proposal(
  { folder, trust }: ProposalInput,
  { signal, reportProgress, surroundings }: OperationContext,
): Promise<Result<string>> {
  const person = trust === 'trusted' ? await ownAddress(folder) : undefined;
  const proposed = await proposePolicy({
    ...{ folder, person: person ?? NOBODY_YET, environment: process.env, trust, surroundings, signal, reportProgress },
  });
  return proposed.ok ? succeed(proposed.value.text) : proposed;
}

async function ownAddress(folder: string): Promise<string | undefined> {
  const repository = await openRepository(folder);
  if (!repository.ok) return undefined;
  const address = settingOf(await readSettings(repository.value, '^user\\.email$'), 'user.email');
  return address === undefined || /\s/u.test(address) ? undefined : address;
}
