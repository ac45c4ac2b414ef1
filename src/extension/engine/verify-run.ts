import { dirname } from 'node:path';
import type { Verdict } from '../../approval/verdict.ts';
import { verify } from '../../approval/verify.ts';
import type { Result } from '../../base/result.ts';
import { openRepository } from '../../git/repository.ts';
import { runsOfTrustedFolder } from './load-run.ts';
import { pathInRepository } from './open-policy.ts';
import type { OperationContext } from './operation-context.ts';

export interface VerifyInput {
  readonly policyFile: string;
  readonly environment: string;
  readonly run: string;
  readonly trustedRef: string;
}

/** What `signoff verify` would answer, with the same anchor. */
export async function verifyRun(input: VerifyInput, context: OperationContext): Promise<Result<Verdict>> {
  const { policyFile, environment, run, trustedRef } = input;
  const repository = await openRepository(dirname(policyFile));
  if (!repository.ok) return repository;
  return verify({
    repository: repository.value,
    policyPath: pathInRepository(repository.value, policyFile),
    environment,
    run,
    anchor: { trustedRef },
    now: new Date(),
    signal: context.signal,
    loadRun: runsOfTrustedFolder(policyFile, context),
  });
}
