import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AllowedSigners, isValidAt, parseAllowedSigners } from '../../../../src/approval/allowed-signers.ts';
import { verifySshsig } from '../../../../src/approval/sshsig.ts';
import { NAMESPACE, type SignatureCase, STRICTER, signatureCases } from './signature-cases.ts';

export interface Comparison {
  readonly compared: number;
  readonly acceptedByBoth: number;
  readonly refusedByBoth: number;
  /** Refused by us alone, on purpose: what was done to the signature -> how often. */
  readonly stricter: ReadonlyMap<string, number>;
  /** Everything else in which we differ, one line each. */
  readonly disagreements: readonly string[];
}

/** Puts as many generated signatures before stock `ssh-keygen -Y verify` and before us. */
export async function compareWithSshKeygen(count: number, seed: number): Promise<Comparison> {
  const folder = mkdtempSync(join(tmpdir(), 'signoff-agree-'));
  try {
    const { signers, next } = signatureCases(seed);
    writeFileSync(join(folder, 'signers'), signers);
    const allowed = parseAllowedSigners(signers, 'signers');
    if (allowed.problems.length > 0) throw new Error(JSON.stringify(allowed.problems));
    const found = { acceptedByBoth: 0, refusedByBoth: 0, stricter: new Map<string, number>(), disagreements: [''] };
    found.disagreements.pop();
    let left = count;
    const work = async (lane: number): Promise<void> => {
      while (left > 0) {
        left -= 1;
        const each = next();
        note(found, each, weAccept(each, allowed), await sshKeygenAccepts(each, folder, lane));
      }
    };
    await Promise.all([work(0), work(1)]);
    return { compared: count, ...found };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function note(
  found: { acceptedByBoth: number; refusedByBoth: number; stricter: Map<string, number>; disagreements: string[] },
  { what, person, armoured, message }: SignatureCase,
  ours: boolean,
  theirs: boolean,
): void {
  if (ours && theirs) found.acceptedByBoth += 1;
  else if (!ours && !theirs) found.refusedByBoth += 1;
  else if (theirs && STRICTER.has(what)) found.stricter.set(what, (found.stricter.get(what) ?? 0) + 1);
  else {
    const who = ours ? 'only we accept' : 'only ssh-keygen accepts';
    const data = `${armoured.toString('base64')} over ${message.toString('base64')}`;
    found.disagreements.push(`${who}: ${what}, ${person}, ${data}`);
  }
}

function weAccept({ armoured, message, person }: SignatureCase, allowed: AllowedSigners): boolean {
  const verified = verifySshsig(armoured.toString('latin1'), NAMESPACE, message);
  const signer = verified.ok ? allowed.byFingerprint.get(verified.value.key.fingerprint) : undefined;
  return signer?.person === person && signer.mayApprove && isValidAt(signer, Date.now());
}

function sshKeygenAccepts(each: SignatureCase, folder: string, lane: number): Promise<boolean> {
  const file = `signature-${lane}`;
  writeFileSync(join(folder, file), each.armoured);
  const args = ['-Y', 'verify', '-f', 'signers', '-I', each.person, '-n', NAMESPACE, '-s', file];
  return new Promise((resolve, reject) => {
    const child = spawn('ssh-keygen', args, { cwd: folder, stdio: ['pipe', 'ignore', 'ignore'], env: { TZ: 'UTC' } });
    child.once('error', reject);
    child.once('close', (code) => resolve(code === 0));
    // A signature that can't be read is refused before anybody reads the message.
    child.stdin.on('error', () => undefined);
    child.stdin.end(each.message);
  });
}
