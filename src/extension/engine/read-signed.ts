import { dirname } from 'node:path';
import { type AllowedSigners, isValidAt } from '../../approval/allowed-signers.ts';
import { signoffFolder } from '../../approval/file-names.ts';
import { allowedSignersAt } from '../../approval/signoff-files.ts';
import type { ApprovalStatement } from '../../approval/statement.ts';
import { type Result, succeed } from '../../base/result.ts';
import { resolveCommit, withObjects } from '../../git/objects.ts';
import { openRepository } from '../../git/repository.ts';
import { readSignedFile, signedFileText } from '../../report/signed-file.ts';
import { PLAIN_STYLE } from '../../report/terminal-style.ts';
import { pathInRepository } from './open-policy.ts';
import type { OperationContext, Trust } from './operation-context.ts';

export interface ReadSignedInput {
  /** The file's text as the editor has it. */
  readonly text: string;
  /** Whose `allowed_signers` is asked for the key's owner; undefined without a policy. */
  readonly policyFile: string | undefined;
  readonly trust: Trust;
}

/** Whose key it was, by HEAD's signers: nobody's, or unknown where they can't be asked. */
export type KeyOwner =
  | { readonly kind: 'person'; readonly person: string; readonly validity: 'valid' | 'not valid now' }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'unknown' };

export interface SignedReply {
  /** Everything that it says, in lines. */
  readonly text: string;
  readonly said:
    | {
        readonly kind: 'statement';
        readonly id: string;
        readonly statement: Pick<
          ApprovalStatement['predicate'],
          'decision' | 'environment' | 'approver' | 'role' | 'issued' | 'expires' | 'run'
        >;
        readonly key: string;
        readonly owner: KeyOwner;
      }
    | { readonly kind: 'release' }
    | { readonly kind: 'assessment'; readonly run: string };
}

/** What an approval, a release or an assessment says, for people who don't read base64. It decides nothing. */
export async function readSigned(
  { text, policyFile, trust }: ReadSignedInput,
  { signal }: OperationContext,
): Promise<Result<SignedReply>> {
  const read = readSignedFile(Buffer.from(text, 'utf8'));
  if (!read.ok) return read;
  const lines = signedFileText(read.value, PLAIN_STYLE);
  if (read.value.kind === 'release') return succeed({ text: lines, said: { kind: 'release' } });
  if (read.value.kind === 'assessment') {
    return succeed({ text: lines, said: { kind: 'assessment', run: read.value.assessment.run.name } });
  }
  const { id, statement, fingerprint: key } = read.value.envelope;
  const { decision, environment, approver, role, issued, expires, run } = statement.predicate;
  const signers =
    policyFile === undefined || trust === 'untrusted' ? undefined : await committedSigners(policyFile, signal);
  return succeed({
    text: lines,
    said: {
      ...{ kind: 'statement', id, key, owner: ownerOf(key, signers) },
      statement: { decision, environment, approver, role, issued, expires, run },
    },
  });
}

async function committedSigners(policyFile: string, signal: AbortSignal): Promise<AllowedSigners | undefined> {
  const opened = await openRepository(dirname(policyFile));
  if (!opened.ok) return undefined;
  const repository = opened.value;
  const head = await resolveCommit(repository, 'HEAD');
  if (head === undefined) return undefined;
  const folder = signoffFolder(pathInRepository(repository, policyFile));
  return withObjects(repository, (objects) => allowedSignersAt(objects, head, folder), signal);
}

function ownerOf(key: string, signers: AllowedSigners | undefined): KeyOwner {
  if (signers === undefined) return { kind: 'unknown' };
  const signer = signers.byFingerprint.get(key);
  if (signer === undefined || !signer.mayApprove) return { kind: 'nobody' };
  return { kind: 'person', person: signer.person, validity: isValidAt(signer, Date.now()) ? 'valid' : 'not valid now' };
}
