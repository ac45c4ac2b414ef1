import type { Verdict } from '../approval/verdict.ts';
import type { SigningKey } from '../git/keys.ts';
import { isKnownToLackRemote } from '../git/reachable.ts';
import type { Repository } from '../git/repository.ts';
import type { PipelineTarget, Policy } from '../policy/schema.ts';
import type { Doorbell, RingPreview } from './doorbell.ts';
import { type HttpRing, httpRings } from './doorbells.ts';
import { approvalsCommit, previewTag, ringGitTag, type TagPreview } from './git-tag.ts';
import type { News, PipelineEvent } from './news.ts';
import type { Reach } from './reach.ts';
import { ring } from './ring.ts';
import { ringBook } from './ring-book.ts';
import type { RingResult } from './ring-result.ts';
import { targetsOf } from './targets.ts';

/** What has happened in a repository, for everybody whom its policy wants told. */
export interface Announcement {
  readonly repository: Repository;
  readonly policyPath: string;
  readonly policy: Policy;
  readonly environment: string;
  readonly event: PipelineEvent;
  readonly modelId: string;
  readonly run: string;
  /** The statements that say so: those that count, or the rejection. */
  readonly approvals: Verdict['approvals'];
  readonly progress?: News['progress'];
}

export interface AnnounceOptions {
  readonly reach: Reach;
  /** Signs tags; a target that wants one is refused without. */
  readonly key: SigningKey | undefined;
  readonly now: () => Date;
  readonly afterUnknown?: 'stop' | 'send';
}

/** One system that is told, what it will be sent, and how it is done. */
export interface PlannedRing {
  readonly preview: RingPreview;
  /** Where the preview is of something that waits: whom to ask what that is. Only reads. */
  readonly waits?: { readonly origin: string; readonly look: NonNullable<Doorbell['look']> };
  /** @param shown what a person agreed to, where it was more than the preview */
  readonly ring: (shown?: RingPreview) => Promise<RingResult>;
}

const TAG_NEWS = { on_approved: 'approved', on_rejected: 'rejected', on_rolled_back: 'rolled back' } as const;
/** A pipeline has to fetch what it is told of; whoever tells it too early makes it fail. */
function notPushed({ doorbell }: HttpRing, commit: string): RingResult {
  const message = `${doorbell.preview.title}: the commit ${commit.slice(0, 12)} is on no branch of the remote yet, so the pipeline could not fetch it. Push it (after git pull --rebase where others have pushed), then tell the pipeline.`;
  return { state: 'refused', message };
}

const NOT_COMMITTED = 'What was signed is not in the current commit, so there is nothing to tell the pipeline of.';

/** Everybody who is told, in the policy's order, with what they are sent. Asks no server, and sends nothing. */
export async function planRings(announcement: Announcement, options: AnnounceOptions): Promise<PlannedRing[]> {
  const { repository, policy, environment, event, modelId, run, approvals, progress } = announcement;
  const targets = targetsOf(policy, environment, event);
  if (targets.length === 0) return [];
  const commit = await approvalsCommit({ ...announcement, model: policy.model });
  if (commit === undefined) return [refusing(event, NOT_COMMITTED)];
  const news: News = {
    ...{ event, approvals: approvals.map(({ id }) => id), commit, model: policy.model },
    ...{ version: modelId, run, environment },
    ...(progress === undefined ? {} : { progress }),
  };
  const surroundings = { ...options, book: ringBook(repository) };
  const unpushed = await isKnownToLackRemote(repository, commit);
  const planned: PlannedRing[] = [];
  for (const target of targets) {
    if (target.git_tag !== undefined && progress === undefined)
      planned.push(await tagRing(announcement, target.git_tag, options));
    for (const each of httpRings(target, news, policy)) {
      const { preview, origin, look } = each.doorbell;
      planned.push({
        preview,
        ...(look === undefined ? {} : { waits: { origin, look } }),
        ring: async (shown) =>
          unpushed && event !== 'on_rejected' ? notPushed(each, commit) : ring(each, news, { ...surroundings, shown }),
      });
    }
  }
  return planned;
}

/** Tells one after the other, in the policy's order; that one refuses keeps nobody else from being told. */
export async function announce(
  planned: readonly Pick<PlannedRing, 'ring'>[],
  onResult: (result: RingResult) => void = () => undefined,
): Promise<RingResult[]> {
  const results: RingResult[] = [];
  for (const each of planned) {
    const result = await each.ring();
    onResult(result);
    results.push(result);
  }
  return results;
}

async function tagRing(
  announcement: Announcement,
  { remote }: NonNullable<PipelineTarget['git_tag']>,
  { key, reach }: AnnounceOptions,
): Promise<PlannedRing> {
  const { policy, event } = announcement;
  const preview = await previewTag({ ...announcement, model: policy.model, news: TAG_NEWS[event], remote });
  if (!preview.ok) return refusing(event, preview.problem.message);
  if (key === undefined)
    return { ...shownTag(preview.value), ring: async () => refusal('A tag needs a key to sign it with.') };
  return { ...shownTag(preview.value), ring: () => ringGitTag(preview.value, { key, signal: reach.signal }) };
}

function shownTag({ name, message, remote, commit }: TagPreview): { readonly preview: RingPreview } {
  const title =
    remote === undefined ? `Git: tag ${commit.slice(0, 12)}` : `Git: tag ${commit.slice(0, 12)}, pushed to ${remote}`;
  return { preview: { title, method: 'TAG', url: `refs/tags/${name}`, body: message } };
}

function refusing(event: PipelineEvent, message: string): PlannedRing {
  return { preview: { title: message, method: '', url: '', body: event }, ring: async () => refusal(message) };
}

function refusal(message: string): RingResult {
  return { state: 'refused', message };
}
