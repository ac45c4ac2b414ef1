import type { RingRecord } from '../../pipeline/ring-book.ts';
import { ringsByHttp } from '../../pipeline/targets.ts';
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
 * What the pipelines of an environment last did, one node for each target; no node where the policy names none that
 * answers, and none was told from here.
 */
export function pipelineNodes(
  environment: string,
  { modelId, standing }: Pick<EnvironmentApprovals['candidate'], 'modelId' | 'standing'>,
  { policy, rings }: PipelineShown,
): readonly TreeNode[] {
  const targets = lastOfEachTarget(rings, environment, policy.model);
  const event = standing === 'rejected' ? 'on_rejected' : 'on_approved';
  const isDue = standing !== 'open' && ringsByHttp(policy, environment, event);
  const worst = worstOf(targets);
  if (worst === undefined && !isDue) return [];
  const isTold = targets.some(({ version }) => version === modelId);
  const label = t('Pipeline');
  const description = isDue && !isTold ? t('not told of this model from here') : ringWords(worst);
  const node: TreeNode = {
    ...{ id: `environment/${environment}/pipeline`, label, description, spoken: `${label}, ${description}` },
    // Somebody else may have told it from another machine, so nothing is wrong yet.
    ...(worst === undefined || (isDue && !isTold)
      ? { icon: 'rocket', tone: 'quiet' as const }
      : { icon: ringIcon(worst), tone: toneOf(worst) }),
    contextValue: 'pipeline',
  };
  if (worst === undefined) return [node];
  return [{ ...node, opened: 'opened', children: targets.map((record) => targetNode(record, modelId)) }];
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
    ...{ id: targetNodeId(record), label, description, spoken: `${label}, ${description}` },
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

function eventWords({ event }: RingRecord): string {
  if (event === 'on_rejected') return t('Told of a rejection');
  if (event === 'on_rolled_back') return t('Told of a roll-back');
  return t('Told of an approval');
}

/** What went wrong is seen first, however long ago; of what went alike, the newest. */
function worstOf(targets: readonly RingRecord[]): RingRecord | undefined {
  const order: readonly Tone[] = ['bad', 'warning', 'plain', 'good'];
  return targets.toSorted((one, other) => order.indexOf(toneOf(one)) - order.indexOf(toneOf(other)))[0];
}

function toneOf(record: RingRecord): Tone {
  const state = runStateOf(record);
  if (state === 'failed' || record.state === 'refused') return 'bad';
  if (state === 'succeeded') return 'good';
  if (state === 'cancelled' || state === 'unknown') return 'warning';
  return record.state === 'unknown' || record.state === 'sending' ? 'warning' : 'plain';
}

/** The last that is known of a target, in few words. */
export function ringWords(record: RingRecord | undefined): string {
  if (record === undefined) return t('not told yet');
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
