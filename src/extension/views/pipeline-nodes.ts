import type { ToldByTag } from '../../pipeline/newest-tag.ts';
import type { RingRecord } from '../../pipeline/ring-book.ts';
import { ringsFor } from '../../pipeline/targets.ts';
import type { Policy } from '../../policy/schema.ts';
import { dayAndTime } from '../../report/document/times.ts';
import type { EnvironmentApprovals } from '../engine/approvals.ts';
import { t } from '../translation.ts';
import { visible } from '../visible-text.ts';
import { ringIcon, runStateOf } from './pipeline-status-text.ts';
import type { Tone, TreeNode } from './tree-node.ts';

export interface PipelineShown {
  readonly policy: Policy;
  /** Newest first. */
  readonly rings: readonly RingRecord[];
}

/** As many characters of a model id as tell two models apart for a reader. */
const SHORT_ID = 12;

/**
 * What the pipelines of an environment last did, one node for each target; no node where there is nobody to tell, and
 * nobody was told.
 */
export function pipelineNodes(
  { name, candidate: { modelId, standing }, toldByTag }: EnvironmentApprovals,
  { policy, rings }: PipelineShown,
): readonly TreeNode[] {
  const targets = lastOfEachTarget(rings, name, policy.model);
  const children = [
    ...targets.map((record) => targetNode(record, modelId)),
    ...(toldByTag === undefined ? [] : [tagNode(name, toldByTag, modelId)]),
  ];
  const isDue = standing !== 'open' && ringsFor(policy, name, standing === 'rejected' ? 'on_rejected' : 'on_approved');
  if (children.length === 0 && !isDue) return [];
  const isTold = targets.some(({ version }) => version === modelId) || isTagOf(toldByTag, modelId);
  const label = t('Pipeline');
  // Somebody else may have told it from another machine, so nothing is wrong yet.
  const { words, icon, tone } = isDue && !isTold ? untold() : lookOf(targets);
  const node: TreeNode = {
    ...{ id: `environment/${name}/pipeline`, label, description: words },
    ...{ icon, tone, contextValue: 'pipeline' },
  };
  return [children.length === 0 ? node : { ...node, opened: 'opened', children }];
}

interface Look {
  readonly words: string;
  readonly icon: string;
  readonly tone: Tone;
}

function untold(): Look {
  return { words: t('not told of this model from here'), icon: 'rocket', tone: 'quiet' };
}

/** What went wrong is seen first, however long ago; of what went alike, the newest. Without any, a tag told it. */
function lookOf(targets: readonly RingRecord[]): Look {
  const order: readonly Tone[] = ['bad', 'warning', 'plain', 'good'];
  const [worst] = targets.toSorted((one, other) => order.indexOf(toneOf(one)) - order.indexOf(toneOf(other)));
  if (worst === undefined) return { words: t('told by a tag'), icon: 'tag', tone: 'plain' };
  return { words: ringWords(worst), icon: ringIcon(worst), tone: toneOf(worst) };
}

/** The id of the node that shows what this record is the last of; the same for every model, so that nothing jumps. */
export function targetNodeId({ environment, event, system, title }: RingRecord): string {
  return `environment/${environment}/pipeline/${event}/${system}/${title}`;
}

function lastOfEachTarget(rings: readonly RingRecord[], environment: string, model: string): readonly RingRecord[] {
  const last = new Map<string, RingRecord>();
  for (const record of rings) {
    if (record.environment !== environment || record.model !== model) continue;
    const id = targetNodeId(record);
    if (!last.has(id)) last.set(id, record);
  }
  return [...last.values()];
}

function targetNode(record: RingRecord, modelId: string | null): TreeNode {
  const { title, sentAt, version, run, message } = record;
  // Titles begin with the system's name; what it did comes next, because a side bar is narrow.
  const [system = '', ...deed] = title.split(': ');
  const label = visible(system);
  const description = [
    ringWords(record),
    ...(deed.length === 0 ? [] : [visible(deed.join(': '))]),
    dayAndTime(sentAt),
    ...(version === modelId ? [] : [t('model {0}', visible(version.slice(0, SHORT_ID)))]),
  ].join(' · ');
  return {
    ...{ id: targetNodeId(record), label, description },
    tooltip: [
      visible(title),
      ...(message === '' ? [] : [visible(message)]),
      eventWords(record),
      t('Told {0}', dayAndTime(sentAt)),
      t('Model {0}', visible(version)),
      ...(run === undefined ? [] : [t('Run of the pipeline: {0}', visible(run.url ?? run.id))]),
    ].join('\n'),
    ...{ icon: ringIcon(record), tone: toneOf(record) },
    contextValue: run?.url === undefined ? 'pipeline.target' : 'pipeline.target.run',
  };
}

function tagNode(environment: string, tag: ToldByTag, modelId: string | null): TreeNode {
  const { name, at, subject, shortModelId } = tag;
  const label = 'Git';
  const description = [
    t('told by a tag'),
    dayAndTime(at),
    ...(isTagOf(tag, modelId) ? [] : [t('model {0}', shortModelId)]),
  ].join(' · ');
  return {
    ...{ id: `environment/${environment}/pipeline/git`, label, description },
    tooltip: [
      visible(name),
      visible(subject),
      t('Told {0}', dayAndTime(at)),
      t('It is in this repository. Tell the pipeline again to see whether the remote has it, too.'),
    ].join('\n'),
    ...{ icon: 'tag', tone: 'plain', contextValue: 'pipeline.target' },
  };
}

function isTagOf(tag: ToldByTag | undefined, modelId: string | null): boolean {
  return tag !== undefined && modelId?.startsWith(tag.shortModelId) === true;
}

function eventWords({ event }: RingRecord): string {
  if (event === 'on_rejected') return t('Told of a rejection');
  if (event === 'on_rolled_back') return t('Told of a roll-back');
  return t('Told of an approval');
}

function toneOf(record: RingRecord): Tone {
  const state = runStateOf(record);
  if (state === 'failed' || record.state === 'refused') return 'bad';
  if (state === 'succeeded') return 'good';
  if (state === 'cancelled' || state === 'unknown') return 'warning';
  return record.state === 'unknown' || record.state === 'sending' ? 'warning' : 'plain';
}

/** The last that is known of a target, in few words. */
export function ringWords(record: RingRecord): string {
  const state = runStateOf(record);
  switch (state) {
    case 'waiting':
      return t('waits');
    case 'running':
      return t('runs');
    case 'succeeded':
      return t('succeeded');
    case 'failed':
      return t('failed');
    case 'cancelled':
      return t('was cancelled');
    case 'unknown':
      return t('can’t be asked');
    case undefined:
      return toldWords(record.state);
  }
}

function toldWords(state: RingRecord['state']): string {
  switch (state) {
    case 'accepted':
      return t('was told');
    case 'already':
      return t('had been told already');
    case 'refused':
      return t('refused');
    case 'sending':
    case 'unknown':
      return t('did not answer: unknown');
  }
}
