import { posix } from 'node:path';
import { MissingObjectError, ObjectTooLargeError } from '../git/object-reader.ts';
import { isRegularFile, type Objects, type TreeFile } from '../git/objects.ts';
import { type AllowedSigners, parseAllowedSigners } from './allowed-signers.ts';
import { MAX_ENVELOPE_BYTES } from './dsse.ts';
import { approvalsFolder, releasesFolder, type SignoffFolder } from './file-names.ts';
import type { ApprovalFile } from './read-approvals.ts';
import { MAX_RELEASE_BYTES } from './release.ts';
import type { ReleaseFile } from './release-chain.ts';

/** An approval lies in a folder of its run, and that folder in the model's. Whatever is deeper is none. */
const LEVELS = 1;

/** The approvals of a model as a commit holds them. */
export async function approvalFilesAt(
  objects: Objects,
  commit: string,
  where: { readonly folder: SignoffFolder; readonly model: string; readonly inHead: boolean },
): Promise<ApprovalFile[]> {
  const files = await objects.filesBelow(commit, approvalsFolder(where.folder, where.model), LEVELS);
  // Asked for all at once, they travel through the pipe together.
  return Promise.all(
    files.map(async (file) => ({
      path: file.path,
      content: await contentOf(objects, file, MAX_ENVELOPE_BYTES),
      inHead: where.inHead,
    })),
  );
}

const RELEASE_NAME = /^([1-9][0-9]*)\.json$/;

/** The releases as a commit holds them. Files with other names are none. */
export async function releaseFilesAt(objects: Objects, commit: string, folder: SignoffFolder): Promise<ReleaseFile[]> {
  const files = await objects.filesBelow(commit, releasesFolder(folder), 0);
  const releases = files.flatMap((file) => {
    const number = RELEASE_NAME.exec(posix.basename(file.path))?.[1];
    return number === undefined ? [] : [{ file, number: Number(number) }];
  });
  return Promise.all(
    releases.map(async ({ file, number }) => ({
      path: file.path,
      number,
      content: await contentOf(objects, file, MAX_RELEASE_BYTES),
    })),
  );
}

/** An assessment as a commit holds it; undefined when there is none, or none that could be read. */
export async function assessmentAt(objects: Objects, commit: string, path: string): Promise<Uint8Array | undefined> {
  try {
    return await objects.blobAt(commit, path);
  } catch (error) {
    if (error instanceof ObjectTooLargeError) return undefined;
    throw error;
  }
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

/** One file that is no approval must not keep the others from being judged; a corrupt object still refuses them all. */
async function contentOf(objects: Objects, file: TreeFile, maxBytes: number): Promise<ApprovalFile['content']> {
  if (!isRegularFile(file)) return undefined;
  try {
    const content = await objects.blob(file.oid, maxBytes);
    if (content === undefined) throw new MissingObjectError(file.oid);
    return content;
  } catch (error) {
    if (error instanceof ObjectTooLargeError) return 'too-large';
    throw error;
  }
}
