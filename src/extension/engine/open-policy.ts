import { readFile, stat } from 'node:fs/promises';
import { basename, relative, sep } from 'node:path';
import { readPolicyBytes } from '../../approval/read-policy.ts';
import { fail, type Result, succeed } from '../../base/result.ts';
import type { Repository } from '../../git/repository.ts';
import { hasErrors, type ParsedPolicy, parsePolicy } from '../../policy/parse.ts';
import type { Policy } from '../../policy/schema.ts';

/** The policy as it stands on disk, mistakes included. */
export async function readPolicy(policyFile: string): Promise<Result<ParsedPolicy>> {
  try {
    // Reading a pipe would wait for a writer for ever.
    if (!(await stat(policyFile)).isFile())
      return fail('policy-unreadable', "The policy can't be read: it is not a file.");
    return succeed(parsePolicy(await readFile(policyFile, 'utf8'), basename(policyFile)));
  } catch (error) {
    return fail(
      'policy-unreadable',
      `The policy can't be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** The policy for operations that make no sense with a broken one. */
export async function readSoundPolicy(policyFile: string): Promise<Result<Policy>> {
  const parsed = await readPolicy(policyFile);
  if (!parsed.ok) return parsed;
  const { value, problems } = parsed.value;
  const first = problems.find((problem) => problem.severity === 'error');
  if (value !== undefined && !hasErrors(problems)) return succeed(value);
  return first === undefined ? fail('policy-invalid', 'The policy has mistakes.') : { ok: false, problem: first };
}

/** The policy for what is signed: the very bytes that its digest is of. */
export async function readPolicyWithBytes(
  policyFile: string,
): Promise<Result<{ readonly policy: Policy; readonly policyBytes: Uint8Array }>> {
  const policyBytes = await readFile(policyFile).catch(() => undefined);
  if (policyBytes === undefined) return fail('policy-unreadable', "The policy can't be read.");
  const policy = readPolicyBytes(policyBytes, basename(policyFile));
  return policy.ok ? succeed({ policy: policy.value, policyBytes }) : policy;
}

/** The policy's path as git names it: from the top level, with `/`. */
export function pathInRepository(repository: Repository, policyFile: string): string {
  return relative(repository.topLevel, policyFile).split(sep).join('/');
}
