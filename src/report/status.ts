import type { Translate } from '../base/translate.ts';
import type { Outcome, OutcomeStatus } from '../checks/outcome.ts';

/** Worst first: what needs somebody stands above what is settled. */
export const WORST_FIRST: readonly OutcomeStatus[] = [
  'fail',
  'not_evaluable',
  'uncertain',
  'pending',
  'waived',
  'pass',
  'not_applicable',
];

/** How a status is to be taken, whatever it is drawn with. */
export type StatusTone = 'good' | 'bad' | 'warning' | 'quiet';

const TONES: Readonly<Record<OutcomeStatus, StatusTone>> = {
  fail: 'bad',
  not_evaluable: 'bad',
  uncertain: 'warning',
  pending: 'warning',
  waived: 'warning',
  pass: 'good',
  not_applicable: 'quiet',
};

export function toneOf(status: OutcomeStatus): StatusTone {
  return TONES[status];
}

export function statusWord(status: OutcomeStatus, t: Translate): string {
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
  const byStatus = WORST_FIRST.indexOf(one.status) - WORST_FIRST.indexOf(other.status);
  if (byStatus !== 0) return byStatus;
  return severityRank(one) - severityRank(other);
}

function severityRank(outcome: Outcome): number {
  return outcome.severity === 'required' ? 0 : 1;
}

/** Advisory checks stand apart, because no approval waits for them: `11 of 13 required checks hold · 1 advisory`. */
export function countWords(outcomes: readonly Outcome[], t: Translate): string {
  const required = outcomes.filter((outcome) => outcome.severity === 'required');
  const counts = t('{0} of {1} required checks hold', required.filter(holds).length, required.length);
  const advisory = outcomes.length - required.length;
  return advisory === 0 ? counts : `${counts} · ${t('{0} advisory', advisory)}`;
}
