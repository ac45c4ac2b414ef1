import { approvalPath, signoffFolder } from '../approval/file-names.ts';
import type { Verdict } from '../approval/verdict.ts';
import { sha256Hex } from '../base/hashing.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { escapeForTerminal } from '../base/text.ts';
import { lastChangeOf } from '../git/history.ts';
import type { SigningKey } from '../git/keys.ts';
import { resolveCommit } from '../git/objects.ts';
import { pushRef, remoteOf } from '../git/push.ts';
import type { Repository } from '../git/repository.ts';
import { createSignedTag, readTag } from '../git/tag.ts';
import type { RingResult } from './ring-result.ts';

export interface TagRequest {
  readonly repository: Repository;
  readonly model: string;
  readonly modelId: string;
  readonly run: string;
  readonly environment: string;
  /** What happened there; `approved` when not given. */
  readonly news?: 'approved' | 'rejected' | 'rolled back';
  /** The approvals that count, as the verdict lists them. */
  readonly approvals: Verdict['approvals'];
  /** Relative to the repository's top level: the approvals lie beside it. */
  readonly policyPath: string;
  /** Where the tag is pushed to; the remote that the branch is pushed to when not given. */
  readonly remote?: string | undefined;
}

/** Exactly what ringing will do. */
export interface TagPreview {
  readonly repository: Repository;
  /** Without `refs/tags/`. */
  readonly name: string;
  readonly commit: string;
  readonly message: string;
  /** Where it is pushed to; undefined when the repository has no remote. */
  readonly remote: string | undefined;
}

/**
 * The tag that tells the pipeline: "these people have approved this model for this environment". It is a doorbell, not
 * a proof: the pipeline runs `verify`, which looks at the approvals and not at the tag.
 * The name depends on the model and on who approved it and nothing else, so ringing twice finds the same tag.
 */
export async function previewTag(request: TagRequest): Promise<Result<TagPreview>> {
  const { repository, model, modelId, run, environment, approvals, news = 'approved' } = request;
  const commit = await approvalsCommit(request);
  if (commit === undefined)
    return fail('approval-not-committed', 'The approvals are not in the current commit, so there is nothing to tag.');
  const ids = approvals.map(({ id }) => id).sort();
  const quorum = sha256Hex(ids.join('\n')).slice(0, 8);
  const signed = approvals
    .map(({ id, person, role }) => `Approval: ${id} by ${escapeForTerminal(person)} as ${role}`)
    .sort();
  const message = [
    `${model} ${news} for ${environment}`,
    '',
    `Model: ${model}`,
    `Model id: ${modelId}`,
    // Run and person are names from elsewhere: each stays on its own line, or it could add lines that nobody signed.
    `Run: ${escapeForTerminal(run)}`,
    `Environment: ${environment}`,
    ...signed,
    '',
  ].join('\n');
  const name = `signoff/${refPart(model)}/${refPart(environment)}/${modelId.slice(0, 12)}-${quorum}`;
  return succeed({ repository, name, commit, message, remote: request.remote ?? (await remoteOf(repository)) });
}

/** The commit that brought the last of the approvals; undefined when HEAD has none of them. */
export async function approvalsCommit({
  repository,
  policyPath,
  model,
  run,
  environment,
  approvals,
}: Pick<TagRequest, 'repository' | 'policyPath' | 'model' | 'run' | 'environment' | 'approvals'>): Promise<
  string | undefined
> {
  const head = await resolveCommit(repository, 'HEAD');
  if (head === undefined || approvals.length === 0) return undefined;
  const folder = signoffFolder(policyPath);
  const paths = approvals.map(({ id, role }) => approvalPath(folder, { model, run, environment, role }, id));
  return lastChangeOf(repository, head, ...paths);
}

/** Makes the tag, signed with the key, and pushes it where there is a remote. Safe to repeat at any point. */
export async function ringGitTag(
  preview: TagPreview,
  options: { readonly key: SigningKey; readonly signal?: AbortSignal | undefined },
): Promise<RingResult> {
  const { repository, name, commit, message, remote } = preview;
  const existing = await readTag(repository, name);
  if (existing !== undefined && !(existing.commit === commit && existing.message.startsWith(message.trimEnd()))) {
    return { state: 'refused', message: `There is another tag ${name}: delete it if nobody needs it, then try again.` };
  }
  if (existing === undefined) {
    const made = await createSignedTag(repository, { name, commit, message, ...options });
    if (!made.ok) return { state: 'refused', message: made.problem.message };
  }
  if (remote === undefined) {
    const done = `The tag ${name} is in this repository, which has no remote to push it to.`;
    return { state: existing === undefined ? 'accepted' : 'already', message: done };
  }
  const pushed = await pushRef(repository, { remote, ref: `refs/tags/${name}`, signal: options.signal });
  if (!pushed.ok) return { state: 'unknown', message: pushed.problem.message };
  switch (pushed.value.state) {
    case 'pushed':
      return { state: 'accepted', message: `The tag ${name} was pushed to ${remote}.` };
    case 'up-to-date':
      return { state: 'already', message: `The tag ${name} is on ${remote} already.` };
    case 'refused':
      return { state: 'refused', message: `${remote} refused the tag ${name}: ${pushed.value.message}.` };
  }
}

/** Names are almost ref names: git forbids `..`, a final `.` and a final `.lock`. */
export function refPart(name: string): string {
  return name.replace(/\.(?=\.|$|lock$)/g, '%2E');
}
