import { readFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { readPolicyBytes } from '../approval/read-policy.ts';
import { type Result, succeed } from '../base/result.ts';
import type { Policy } from '../policy/schema.ts';
import type { CommandInput } from './command.ts';
import { environmentOf } from './lay-over-approvals.ts';
import { findPolicyFile } from './policy-file.ts';
import { openPolicyRepository, type PolicyRepository } from './policy-repository.ts';

/** A policy of the work tree, the repository that it lies in, and the environment that is meant. */
export interface OpenPolicy extends PolicyRepository {
  readonly policy: Policy;
  readonly policyBytes: Uint8Array;
  readonly environment: string;
}

/** Opens what `--policy` and `--environment` name. Nothing is evaluated. */
export async function openPolicy(input: CommandInput, folder: string): Promise<Result<OpenPolicy>> {
  const file = findPolicyFile(input.text('policy'), folder);
  if (!file.ok) return file;
  const policyBytes = await readFile(file.value);
  const policy = readPolicyBytes(policyBytes, relative(folder, file.value));
  if (!policy.ok) return policy;
  const environment = environmentOf({ policy: policy.value }, input.text('environment'));
  if (!environment.ok) return environment;
  const place = await openPolicyRepository(file.value, dirname(file.value));
  if (!place.ok) return place;
  return succeed({ ...place.value, policy: policy.value, policyBytes, environment: environment.value });
}
