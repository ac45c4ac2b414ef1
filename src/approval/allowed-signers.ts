import type { Problem } from '../base/result.ts';
import { readSignerLine } from './allowed-signers-line.ts';
import type { Mistake } from './allowed-signers-options.ts';

/** A line of `allowed_signers`: one person's one key. Times are milliseconds since 1970, both ends included. */
export interface AllowedSigner {
  readonly person: string;
  readonly fingerprint: string;
  /** `<type> <base64>`. */
  readonly publicKey: string;
  readonly validAfter: number | undefined;
  readonly validBefore: number | undefined;
  /** Whether the line lets the key sign approvals; a line for `git` alone does not. */
  readonly mayApprove: boolean;
  readonly line: number;
}

export interface AllowedSigners {
  readonly byFingerprint: ReadonlyMap<string, AllowedSigner>;
  /** Errors make the file unusable as an anchor; warnings are for its owner. */
  readonly problems: readonly Problem[];
  /** What a release revokes besides: fingerprints of keys, and ids of statements. Nothing when not given. */
  readonly revoked?: ReadonlySet<string>;
}

/**
 * Reads OpenSSH's `allowed_signers` (ssh-keygen(1), ALLOWED SIGNERS), keeping only what names one person for one key.
 * A key that could be two people, or anyone, proves nothing about who signed: such lines are errors, and so is
 * anything that OpenSSH and we might read differently.
 */
export function parseAllowedSigners(text: string, file: string): AllowedSigners {
  const problems: Problem[] = [];
  const byFingerprint = new Map<string, AllowedSigner>();
  let offset = 0;
  for (const [index, raw] of text.split('\n').entries()) {
    const start = offset;
    offset += raw.length + 1;
    // Only what OpenSSH skips is skipped: to it, a byte-order mark or a no-break space is a part of the name.
    const content = raw.replace(/\r$/, '').replace(/^[ \t]+|[ \t]+$/g, '');
    if (content === '' || content.startsWith('#')) continue;
    const report = (severity: Problem['severity'], { code, message, at = content }: Mistake) => {
      const column = Math.max(raw.indexOf(at), 0);
      problems.push({
        ...{ severity, code, file, message: `Line ${index + 1} of ${file}: ${message}` },
        range: { offset: start + column, length: at.length, line: index + 1, column: column + 1 },
      });
    };
    const line = readSignerLine(content, index + 1);
    if ('mistake' in line) {
      report('error', line.mistake);
      continue;
    }
    const { signer, warning } = line;
    const repeated = whyRepeated(signer, byFingerprint.get(signer.fingerprint));
    if (repeated !== undefined) {
      report('error', repeated);
      continue;
    }
    byFingerprint.set(signer.fingerprint, signer);
    if (warning !== undefined) report('warning', warning);
  }
  return { byFingerprint, problems };
}

/** A second line for a key could give it to a second person, or lift what the first one forbids. */
function whyRepeated({ person, fingerprint }: AllowedSigner, first: AllowedSigner | undefined): Mistake | undefined {
  if (first === undefined) return undefined;
  const what = first.person === person ? 'stands twice' : `is both ${first.person}'s and ${person}'s`;
  return {
    code: 'signers-key-repeated',
    message: `the key ${fingerprint} ${what} (see line ${first.line}): keep one line, since one key is one person.`,
    at: person,
  };
}

/** Both ends of the key's time are part of it. Outside of it a key approves nothing; what it has refused stays refused. */
export function isValidAt({ validAfter, validBefore }: AllowedSigner, now: number): boolean {
  return (validAfter ?? now) <= now && now <= (validBefore ?? now);
}
