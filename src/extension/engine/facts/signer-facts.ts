import { readFile, stat } from 'node:fs/promises';
import { isValidAt, parseAllowedSigners } from '../../../approval/allowed-signers.ts';
import type { SignerFacts } from '../../../policy/language/facts.ts';

const LARGEST_BYTES = 1e6;

/** Who is listed in a file of signers; undefined where there is none. As it stands on disk, for showing only. */
export async function signerFacts(file: string, now: number): Promise<readonly SignerFacts[] | undefined> {
  const found = await stat(file).catch(() => undefined);
  if (found?.isFile() !== true || found.size > LARGEST_BYTES) return undefined;
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const { byFingerprint } = parseAllowedSigners(text, file);
  return [...byFingerprint.values()].map((signer) => ({
    person: signer.person,
    standing: signer.mayApprove && isValidAt(signer, now) ? 'may sign' : 'may not sign',
    line: signer.line,
  }));
}
