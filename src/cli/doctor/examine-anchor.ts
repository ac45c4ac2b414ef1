import { signoffFolder } from '../../approval/file-names.ts';
import { followReleases } from '../../approval/release-chain.ts';
import { releaseFilesAt } from '../../approval/signoff-files.ts';
import { sha256Hex } from '../../base/hashing.ts';
import { MissingObjectError } from '../../git/object-reader.ts';
import { type Objects, resolveCommit, withObjects } from '../../git/objects.ts';
import { readGit } from '../../git/run-git.ts';
import { resolveTrustedRef } from '../../git/trusted-ref.ts';
import type { PolicyRepository } from '../policy-repository.ts';
import { type Finding, failed, ok, warn } from './finding.ts';

const SOON_MS = 30 * 86_400_000;

/** Whether `verify` would find here what it is to trust: the protected branch, and releases where there are any. */
export async function examineAnchor(
  place: PolicyRepository,
  trustedRef: string | undefined,
  now: Date,
): Promise<Finding[]> {
  const head = await resolveCommit(place.repository, 'HEAD');
  if (head === undefined) return [failed('anchor', 'There is no commit yet: commit the policy and the signers.')];
  try {
    return await withObjects(place.repository, async (objects) => [
      await branch(place, objects, head, trustedRef),
      ...(await releases(place, objects, head, now)),
    ]);
  } catch (error) {
    if (error instanceof MissingObjectError) return [failed('anchor', error.message)];
    throw error;
  }
}

async function branch(
  { repository, policyPath }: PolicyRepository,
  objects: Objects,
  head: string,
  named: string | undefined,
): Promise<Finding> {
  const upstream = await readGit(repository, ['for-each-ref', '--format=%(upstream)', await currentRef(repository)]);
  const ref = named ?? upstream.stdout.toString('utf8').trim();
  if (ref === '') {
    return warn(
      'anchor',
      'This branch follows none of a remote, so there is nothing to trust by itself: name the protected branch with --trusted-ref.',
    );
  }
  const anchor = await resolveTrustedRef(repository, objects, ref);
  if (!anchor.ok) return failed('anchor', anchor.problem.message);
  const { commit, name } = anchor.value;
  const { allowedSigners } = signoffFolder(policyPath);
  const waiting: string[] = [];
  for (const path of [policyPath, allowedSigners]) {
    const [there, here] = [await objects.blobAt(commit, path), await objects.blobAt(head, path)];
    if (there === undefined || here === undefined || !there.equals(here)) waiting.push(path);
  }
  if (waiting.length === 0) return ok('anchor', `${name} has the same policy and signers as HEAD.`);
  return warn('anchor', `${waiting.join(' and ')} of HEAD has to land on ${name} before pipelines go by it.`);
}

async function currentRef(repository: PolicyRepository['repository']): Promise<string> {
  const output = await readGit(repository, ['symbolic-ref', '--quiet', 'HEAD']);
  return output.stdout.toString('utf8').trim() || 'refs/heads/HEAD';
}

async function releases(
  { policyPath }: PolicyRepository,
  objects: Objects,
  head: string,
  now: Date,
): Promise<Finding[]> {
  const folder = signoffFolder(policyPath);
  const files = await releaseFilesAt(objects, head, folder);
  if (files.length === 0) return [];
  const chain = followReleases(files, []);
  if (!chain.ok) return [failed('releases', chain.problem.message)];
  const { accepted, waiting } = chain.value;
  const waits = waiting === undefined ? [] : [warn('releases', `${waiting.release.path} waits: ${waiting.lacks}.`)];
  const newest = accepted.at(-1);
  if (newest === undefined) return waits;
  const { predicate, subject } = newest.statement;
  const left = Date.parse(predicate.expires) - now.getTime();
  if (!(left > 0))
    return [...waits, failed('releases', `${newest.path} has expired: sign a new one (signoff release).`)];
  for (const { name, digest } of subject) {
    const bytes = await objects.blobAt(head, name);
    if (bytes === undefined || sha256Hex(bytes) !== digest.sha256)
      return [...waits, failed('releases', `${newest.path} is for another ${name}: sign a new one (signoff release).`)];
  }
  if (!(left > SOON_MS))
    return [...waits, warn('releases', `${newest.path} expires at ${predicate.expires}: sign a new one in time.`)];
  return [
    ...waits,
    ok('releases', `Release ${predicate.number} covers policy and signers until ${predicate.expires}.`),
  ];
}
