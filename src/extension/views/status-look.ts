import type { Outcome, OutcomeStatus } from '../../checks/outcome.ts';
import { t } from '../translation.ts';
import type { Tone } from './tree-node.ts';

/** Worst first: what needs somebody stands above what is settled. */
const ORDER: readonly OutcomeStatus[] = [
  'fail',
  'not_evaluable',
  'uncertain',
  'pending',
  'waived',
  'pass',
  'not_applicable',
];

interface Look {
  readonly icon: string;
  readonly tone: Tone;
}

const LOOKS: Readonly<Record<OutcomeStatus, Look>> = {
  fail: { icon: 'error', tone: 'bad' },
  not_evaluable: { icon: 'circle-slash', tone: 'bad' },
  uncertain: { icon: 'question', tone: 'warning' },
  pending: { icon: 'circle-large-outline', tone: 'warning' },
  waived: { icon: 'pass', tone: 'warning' },
  pass: { icon: 'pass-filled', tone: 'good' },
  not_applicable: { icon: 'dash', tone: 'quiet' },
};

export function lookOf(status: OutcomeStatus): Look {
  return LOOKS[status];
}

export function statusWord(status: OutcomeStatus): string {
  const words: Readonly<Record<OutcomeStatus, string>> = {
    pass: t('pass'),
    fail: t('fail'),
    uncertain: t('uncertain'),
    not_evaluable: t('not evaluable'),
    pending: t('pending'),
    waived: t('waived'),
    not_applicable: t('not applicable'),
  };
  return words[status];
}

/** Whether this outcome lets a model through, once approvals are laid over it. */
export function holds(outcome: Pick<Outcome, 'status'>): boolean {
  return outcome.status === 'pass' || outcome.status === 'waived' || outcome.status === 'not_applicable';
}

/** Sorts worst first, required before advisory; equals keep the policy's order. */
export function byUrgency(one: Outcome, other: Outcome): number {
  const byStatus = ORDER.indexOf(one.status) - ORDER.indexOf(other.status);
  if (byStatus !== 0) return byStatus;
  return severityRank(one) - severityRank(other);
}

/** The worst status of a non-empty list. Advisory checks never block, so they never colour what stands above them. */
export function worstStatus(outcomes: readonly Outcome[]): OutcomeStatus {
  const counting = outcomes.filter((outcome) => outcome.severity === 'required' || holds(outcome));
  const worst = counting.toSorted(byUrgency)[0];
  return worst?.status ?? 'not_applicable';
}

function severityRank(outcome: Outcome): number {
  return outcome.severity === 'required' ? 0 : 1;
}

/** Advisory checks stand apart, because no approval waits for them: `11 of 13 required hold · 1 advisory`. */
export function countWords(outcomes: readonly Outcome[]): string {
  const required = outcomes.filter((outcome) => outcome.severity === 'required');
  const counts = t('{0} of {1} required hold', required.filter(holds).length, required.length);
  const advisory = outcomes.length - required.length;
  return advisory === 0 ? counts : `${counts} · ${t('{0} advisory', advisory)}`;
}
