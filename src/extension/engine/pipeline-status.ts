import { dirname } from 'node:path';
import { type Result, succeed } from '../../base/result.ts';
import { openRepository } from '../../git/repository.ts';
import { httpRings } from '../../pipeline/doorbells.ts';
import type { News, PipelineEvent } from '../../pipeline/news.ts';
import { followUp, isUnderWay } from '../../pipeline/ring.ts';
import { type RingRecord, ringBook } from '../../pipeline/ring-book.ts';
import { targetsOf } from '../../pipeline/targets.ts';
import type { Policy } from '../../policy/schema.ts';
import { readPolicyWithBytes } from './open-policy.ts';
import type { OperationContext } from './operation-context.ts';
import { optionsOf } from './ring-pipeline.ts';

export interface PipelineStatusInput {
  readonly policyFile: string;
  /** Whether the systems are asked, or only what is remembered is told. */
  readonly look: 'ask' | 'remembered';
}

/** What is known of the pipelines that were told from this machine, newest first. */
export async function pipelineStatus(
  { policyFile, look }: PipelineStatusInput,
  context: OperationContext,
): Promise<Result<readonly RingRecord[]>> {
  const opened = await openRepository(dirname(policyFile));
  if (!opened.ok) return opened;
  const read = await readPolicyWithBytes(policyFile);
  if (!read.ok) return read;
  const book = ringBook(opened.value);
  const { reach, now } = optionsOf(context, undefined);
  /** Runs whose system does not say how far they are, by correlation id: that is shown, and not remembered. */
  const silent = new Set<string>();
  if (look === 'ask') {
    for (const record of book.all().filter(isUnderWay)) {
      const doorbell = doorbellFor(record, read.value.policy);
      // Without a doorbell the policy tells that system of nothing any more, so nobody can be asked.
      const status = doorbell && (await followUp(record.correlation, doorbell, { reach, book, now }));
      const isSilent = status === undefined ? record.run !== undefined : status.state === 'unknown';
      if (isSilent) silent.add(record.correlation);
    }
  }
  const records = book
    .all()
    .map((record): RingRecord => (silent.has(record.correlation) ? { ...record, status: 'unknown' } : record));
  return succeed(records.toSorted((a, b) => (a.sentAt < b.sentAt ? 1 : -1)));
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
