import { dirname, join } from 'node:path';
import { type Result, succeed } from '../../base/result.ts';
import { openRepository, type Repository } from '../../git/repository.ts';
import { httpRings } from '../../pipeline/doorbells.ts';
import { tagsOf } from '../../pipeline/gates/tags-of.ts';
import type { News, PipelineEvent } from '../../pipeline/news.ts';
import { followUp, isUnderWay } from '../../pipeline/ring.ts';
import { type RingRecord, ringBook, ringBookFolder } from '../../pipeline/ring-book.ts';
import { isToldByTag, targetsOf } from '../../pipeline/targets.ts';
import type { Policy } from '../../policy/schema.ts';
import { readPolicyWithBytes } from './open-policy.ts';
import type { OperationContext } from './operation-context.ts';
import { optionsOf } from './ring-pipeline.ts';

export interface PipelineStatusInput {
  readonly policyFile: string;
  /** Whether the systems are asked, or only what is remembered is told. */
  readonly look: 'ask' | 'remembered';
}

export interface PipelineStatusReply {
  /** Newest first. */
  readonly records: readonly RingRecord[];
  /** Where a ring of another program leaves its record, though nothing may be there yet. */
  readonly ringFolder: string;
  /** Where a ring by tag leaves its tag. */
  readonly tagFolders: readonly string[];
}

/** What is known of the pipelines that were told from this machine. */
export async function pipelineStatus(
  { policyFile, look }: PipelineStatusInput,
  context: OperationContext,
): Promise<Result<PipelineStatusReply>> {
  const opened = await openRepository(dirname(policyFile));
  if (!opened.ok) return opened;
  const read = await readPolicyWithBytes(policyFile);
  if (!read.ok) return read;
  const { policy } = read.value;
  const book = ringBook(opened.value);
  const { reach, now } = optionsOf(context, undefined);
  /** Runs whose system does not say how far they are, by correlation id: that is shown, and not remembered. */
  const silent = new Set<string>();
  if (look === 'ask') {
    for (const record of book.all().filter(isUnderWay)) {
      const doorbell = doorbellFor(record, policy);
      if (doorbell === undefined) continue;
      const status = await followUp(record.correlation, doorbell, { reach, book, now });
      const isSilent = status === undefined ? record.run !== undefined : status.state === 'unknown';
      if (isSilent) silent.add(record.correlation);
    }
  }
  const records = book
    .all()
    .map((record): RingRecord => (silent.has(record.correlation) ? { ...record, status: 'unknown' } : record))
    .map((record) => (isUnderWay(record) && doorbellFor(record, policy) === undefined ? abandoned(record) : record));
  return succeed({
    records: records.toSorted((a, b) => (a.sentAt < b.sentAt ? 1 : -1)),
    ringFolder: ringBookFolder(opened.value),
    tagFolders: tagFolders(opened.value, policy),
  });
}

/** The policy tells that system of nothing any more, so there is nobody to ask: it is followed no further, and says why. */
function abandoned(record: RingRecord): RingRecord {
  const why = 'The policy does not name this target any more, so nobody asks how far it is.';
  return { ...record, followed: false, status: 'unknown', message: [record.message, why].join(' ').trim() };
}

function tagFolders({ commonDir }: Repository, policy: Policy): readonly string[] {
  return Object.keys(policy.signoff.environments)
    .filter((environment) => isToldByTag(policy, environment))
    .map((environment) => join(commonDir, 'refs', 'tags', ...tagsOf({ model: policy.model, environment }).split('/')));
}

/** The policy's target that a record is of: what it was told does not matter for asking how far it is. */
function doorbellFor(record: RingRecord, policy: Policy) {
  const event = record.event as PipelineEvent;
  const news: News = {
    ...{ event, approvals: [], commit: '', model: record.model, version: record.version },
    ...{ run: '', environment: record.environment },
  };
  const rings = targetsOf(policy, record.environment, event).flatMap((target) =>
    httpRings(target, news, policy, () => record.correlation),
  );
  return rings.find(({ system, doorbell }) => system === record.system && doorbell.preview.title === record.title)
    ?.doorbell;
}
