import { isRegularFile, type Objects, type TreeFile } from '../git/objects.ts';
import { type AllowedSigners, parseAllowedSigners } from './allowed-signers.ts';
import { approvalsFolder, type SignoffFolder } from './file-names.ts';
import type { ApprovalFile } from './read-approvals.ts';

/** The approvals of a model as a commit holds them. */
export async function approvalFilesAt(
  objects: Objects,
  commit: string,
  where: { readonly folder: SignoffFolder; readonly model: string; readonly inHead: boolean },
): Promise<ApprovalFile[]> {
  const files = await objects.filesBelow(commit, approvalsFolder(where.folder, where.model));
  // Asked for all at once, they travel through the pipe together.
  return Promise.all(
    files.map(async (file) => ({ path: file.path, content: await contentOf(objects, file), inHead: where.inHead })),
  );
}

/** The signers as a commit lists them; undefined when it has no such file. */
export async function allowedSignersAt(
  objects: Objects,
  commit: string,
  folder: SignoffFolder,
): Promise<AllowedSigners | undefined> {
  const bytes = await objects.blobAt(commit, folder.allowedSigners);
  return bytes === undefined ? undefined : parseAllowedSigners(bytes.toString('utf8'), folder.allowedSigners);
}

async function contentOf(objects: Objects, file: TreeFile): Promise<Uint8Array | undefined> {
  return isRegularFile(file) ? objects.blob(file.oid) : undefined;
}
