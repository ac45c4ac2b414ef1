import type { EnvironmentHistory, Objection, SignedWord, Turn } from '../../approval/history.ts';
import { day, dayAndTime } from '../../report/document/times.ts';
import { t } from '../translation.ts';
import { visible } from '../visible-text.ts';
import type { Tone, TreeNode } from './tree-node.ts';

/** Older turns are in `signoff history`. */
const MOST_NODES = 50;

interface Look {
  readonly words: string;
  readonly icon: string;
  readonly tone: Tone;
}

/** What was approved in an environment before, newest first; no node where nothing was. */
export function historyNodes(
  { environment, turns, objections }: EnvironmentHistory,
  nameOf: (run: string) => string,
): readonly TreeNode[] {
  const dated = [
    ...turns.map((turn) => ({ at: turn.since, node: turnNode(environment, turn, nameOf) })),
    ...objections.map((objection) => ({ at: objection.issued, node: objectionNode(environment, objection, nameOf) })),
  ];
  if (dated.length === 0) return [];
  const newestFirst = dated.toSorted((one, other) => (one.at < other.at ? 1 : -1));
  const label = t('History');
  const description = dated.length === 1 ? t('1 decision') : t('{0} decisions', dated.length);
  return [
    {
      id: `environment/${environment}/history`,
      label,
      description,
      icon: 'history',
      tone: 'quiet',
      contextValue: 'history',
      opened: 'closed',
      children: newestFirst.slice(0, MOST_NODES).map(({ node }) => node),
    },
  ];
}

function turnNode(environment: string, turn: Turn, nameOf: (run: string) => string): TreeNode {
  const { words, icon, tone } = turnLook(turn);
  const label = visible(nameOf(turn.run));
  const description = `${words} · ${day(turn.since)}`;
  return {
    id: `environment/${environment}/history/${turn.model_id}/${turn.run}/${turn.since}`,
    label,
    description,
    tooltip: [
      t('Model {0}', turn.model_id),
      t('Run {0}', visible(turn.run)),
      t('Since {0}', dayAndTime(turn.since)),
      ...(turn.until === null ? [] : [t('Until {0}', dayAndTime(turn.until))]),
      '',
      ...[...turn.signed, ...turn.rests_on].map(wordLine),
    ].join('\n'),
    icon,
    tone,
    contextValue: 'history.turn',
  };
}

function turnLook({ state, by }: Turn): Look {
  const rolledBack = by === 'rollback';
  switch (state) {
    case 'in force':
      return { words: rolledBack ? t('rolled back to, in force') : t('in force'), icon: 'rocket', tone: 'good' };
    case 'expired':
      return { words: t('expired'), icon: 'watch', tone: 'warning' };
    case 'superseded':
      return { words: t('superseded'), icon: rolledBack ? 'discard' : 'dash', tone: 'quiet' };
    case 'revoked':
      return { words: t('revoked'), icon: 'circle-slash', tone: 'bad' };
    case 'rejected':
      return { words: t('rejected since'), icon: 'error', tone: 'bad' };
  }
}

function objectionNode(environment: string, objection: Objection, nameOf: (run: string) => string): TreeNode {
  const { id, run, decision, state, issued } = objection;
  const person = visible(objection.person);
  const words =
    decision === 'revoke'
      ? t('approval revoked by {0}', person)
      : state === 'blocks'
        ? t('rejected by {0}', person)
        : t('rejected by {0}, taken back since', person);
  const label = visible(nameOf(run));
  const description = `${words} · ${day(issued)}`;
  return {
    id: `environment/${environment}/history/${id}`,
    label,
    description,
    tooltip: [t('Run {0}', visible(run)), wordLine(objection)].join('\n'),
    icon: 'circle-slash',
    tone: state === 'taken back' ? 'quiet' : 'bad',
    contextValue: 'history.objection',
  };
}

function wordLine({ person, role, issued, comment }: SignedWord): string {
  const line = t('{0} as {1}, {2}', visible(person), visible(role), dayAndTime(issued));
  return comment === '' ? line : `${line}: ${visible(comment)}`;
}
