import { fail, type Result, succeed } from '../base/result.ts';
import { modelIdOf } from '../evidence/model-files.ts';
import type { Policy } from '../policy/schema.ts';
import { type AllowedSigners, isValidAt } from './allowed-signers.ts';
import { approvalPath, type SignoffFolder } from './file-names.ts';
import type { RefusalCode } from './refusal-codes.ts';
import type { SignedStatement } from './signed-statement.ts';
import type { IgnoredFile } from './verdict.ts';
import { verifyEnvelope } from './verify-envelope.ts';

/** A file found among the approvals. `content` is undefined for what is not a regular file. */
export interface ApprovalFile {
  readonly path: string;
  readonly content: Uint8Array | 'too-large' | undefined;
  readonly inHead: boolean;
}

export interface ApprovalRules {
  readonly folder: SignoffFolder;
  readonly policy: Policy;
  readonly signers: AllowedSigners;
  readonly now: number;
}

export interface ReadApprovals {
  /** Each statement once, however many files hold it. */
  readonly statements: readonly SignedStatement[];
  readonly ignored: readonly IgnoredFile[];
}

/** Sorts the valid statements from the rest. Order and number of files do not matter. */
export function readApprovals(files: readonly ApprovalFile[], rules: ApprovalRules): ReadApprovals {
  const statements = new Map<string, SignedStatement>();
  const ignored = new Map<string, IgnoredFile>();
  for (const file of files) {
    const read = readApproval(file, rules);
    if (!read.ok) {
      const { code, message } = read.problem;
      ignored.set(`${file.path}\0${code}`, { file: file.path, code, message });
      continue;
    }
    const known = statements.get(read.value.id);
    if (known === undefined || (!known.inHead && read.value.inHead)) statements.set(read.value.id, read.value);
  }
  return {
    statements: [...statements.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    ignored: [...ignored.values()].sort((a, b) => (a.file < b.file ? -1 : 1)),
  };
}

function readApproval(file: ApprovalFile, rules: ApprovalRules): Result<SignedStatement> {
  if (file.content === undefined) return refuse('not-a-file', 'This is not a regular file.');
  if (file.content === 'too-large') return refuse('too-large', 'The file is larger than any approval.');
  const verified = verifyEnvelope(file.content, rules.signers);
  if (!verified.ok) return verified;
  const { id, statement, signer, touched } = verified.value;
  const { project, model, role } = statement.predicate;
  const { policy } = rules;
  if (project !== policy.project || model !== policy.model) {
    return refuse(
      'wrong-project',
      `The statement is for ${project}/${model}, not for ${policy.project}/${policy.model}.`,
    );
  }
  if (approvalPath(rules.folder, statement.predicate, id) !== file.path) {
    return refuse('file-name-mismatch', 'The name of the file does not agree with the statement in it.');
  }
  const holders = Object.hasOwn(policy.signoff.roles, role) ? policy.signoff.roles[role] : undefined;
  if (holders === undefined) return refuse('role-unknown', `The policy has no role "${role}".`);
  if (!holders.includes(signer.person)) {
    return refuse('role-not-held', `The policy does not give the role "${role}" to ${signer.person}.`);
  }
  return succeed({
    id,
    file: file.path,
    statement,
    modelId: modelIdOf(statement.subject.map(({ name, digest }) => ({ name, sha256: digest.sha256 }))),
    person: signer.person,
    key: signer.fingerprint,
    keyIsValid: isValidAt(signer, rules.now),
    touched,
    inHead: file.inHead,
  });
}

function refuse<Value>(code: RefusalCode, message: string): Result<Value> {
  return fail(code, message);
}
