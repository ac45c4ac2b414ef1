import { posix } from 'node:path';
import type { ApprovalPredicate } from './statement.ts';

/** Where approvals live, relative to the repository's top level; `policyPath` is the policy's path from there. */
export interface SignoffFolder {
  readonly path: string;
  readonly attributes: string;
  readonly allowedSigners: string;
}

/** Keeps git from changing signed bytes on checkout: line ends, filters, keywords, encodings. */
export const ATTRIBUTES_CONTENT = '* -text -filter -ident -working-tree-encoding\n';

const ID_PREFIX_LENGTH = 16;

export function signoffFolder(policyPath: string): SignoffFolder {
  const path = posix.join(posix.dirname(policyPath), '.signoff');
  return { path, attributes: `${path}/.gitattributes`, allowedSigners: `${path}/allowed_signers` };
}

export function releasesFolder(folder: SignoffFolder): string {
  return `${folder.path}/releases`;
}

export function releasePath(folder: SignoffFolder, number: number): string {
  return `${releasesFolder(folder)}/${number}.json`;
}

/** All approvals of a model, of every run and environment. */
export function approvalsFolder(folder: SignoffFolder, model: string): string {
  return `${folder.path}/approvals/${model}`;
}

/** The one place where an approval may lie: a copy under another name would be an approval of something else. */
export function approvalPath(
  folder: SignoffFolder,
  predicate: Pick<ApprovalPredicate, 'model' | 'run' | 'environment' | 'role'>,
  id: string,
): string {
  const { model, run, environment, role } = predicate;
  const name = `${environment}.${role}.${id.slice(0, ID_PREFIX_LENGTH)}.json`;
  return `${approvalsFolder(folder, model)}/${encodeRunId(run)}/${name}`;
}

export function assessmentPath(folder: SignoffFolder, model: string, run: string, sha256: string): string {
  return `${folder.path}/assessments/${model}/${encodeRunId(run)}/${sha256}.json`;
}

/**
 * A run id as one part of a path. Bytes outside `A–Z a–z 0–9 . _ -` are percent-encoded, and so is a first byte that is
 * not a letter or digit, so that no id is `..`, hidden, or an option.
 */
export function encodeRunId(run: string): string {
  return [...Buffer.from(run, 'utf8')]
    .map((byte, index) => {
      const character = String.fromCharCode(byte);
      const stays = index === 0 ? /[A-Za-z0-9]/ : /[A-Za-z0-9._-]/;
      return stays.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}
