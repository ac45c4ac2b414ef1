import { lstatSync, realpathSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { hashFile } from '../base/hashing.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import type { Policy } from '../policy/schema.ts';
import type { Attestation } from './statement.ts';

/** As file systems that fold case or shorten names spell it, too. */
const GIT_FOLDER = /^(?:\.git|git~1)$/i;

/** What a person attests: the check, and files that show it, relative to the policy's folder. */
export interface AttestationRequest {
  readonly check: string;
  readonly evidence: readonly string[];
}

/** Adds the policy's words, which are what the person signs, and the digests of the files. */
export async function attestationsOf(
  requests: readonly AttestationRequest[],
  policy: Policy,
  policyFolder: string,
): Promise<Result<Attestation[]>> {
  const attestations: Attestation[] = [];
  for (const { check: id, evidence } of requests) {
    const check = Object.hasOwn(policy.checks, id) ? policy.checks[id] : undefined;
    if (check?.check !== 'attestation') return fail('may-not-say', `The policy has no attestation "${id}".`);
    const files: Attestation['evidence'][number][] = [];
    for (const path of evidence) {
      const file = evidenceFile(path, policyFolder);
      if (file?.isEmpty === true) {
        return fail('evidence-missing', `The evidence "${path}" of "${id}" is an empty file, which shows nothing.`);
      }
      if (file === undefined) {
        return fail(
          'evidence-missing',
          `The evidence "${path}" of "${id}" is not a file in the policy's folder, or is one of git's own.`,
        );
      }
      files.push({ path: file.relative, sha256: await hashFile(file.absolute) });
    }
    attestations.push({ check: id, statement: check.text, evidence: files });
  }
  return succeed(attestations);
}

function evidenceFile(
  path: string,
  policyFolder: string,
): { absolute: string; relative: string; isEmpty: boolean } | undefined {
  try {
    const root = realpathSync(policyFolder);
    const absolute = realpathSync(isAbsolute(path) ? path : join(root, path));
    const inside = relative(root, absolute).replaceAll('\\', '/');
    const outside = inside.startsWith('../') || isAbsolute(inside);
    // Git's own files are nobody's evidence: no commit holds them, and they change by themselves.
    const gits = inside.split('/').some((part) => GIT_FOLDER.test(part));
    const found = lstatSync(absolute);
    return outside || gits || !found.isFile() ? undefined : { absolute, relative: inside, isEmpty: found.size === 0 };
  } catch {
    return undefined;
  }
}
