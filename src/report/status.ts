import type { Translate } from '../base/translate.ts';
import type { Outcome, OutcomeStatus } from '../checks/outcome.ts';

/** Worst first: what needs somebody stands above what is settled. */
export const WORST_FIRST: readonly Standing[] = [
  'fail',
  'not_evaluable',
  'uncertain',
  'pending',
  'waived',
  'accepted',
  'pass',
  'attested',
  'not_applicable',
];

/** What an outcome is called: its status, or what people made of it when they signed. */
export type Standing = OutcomeStatus | 'accepted' | 'attested';

/** What somebody accepted is ok, but it did not pass: it is never called so. */
export function standingOf({ status, settled }: Pick<Outcome, 'status' | 'settled'>): Standing {
  return settled?.how ?? status;
}

/** How a status is to be taken, whatever it is drawn with. */
export type StatusTone = 'good' | 'bad' | 'warning' | 'quiet';

const TONES: Readonly<Record<Standing, StatusTone>> = {
  fail: 'bad',
  not_evaluable: 'bad',
  uncertain: 'warning',
  pending: 'warning',
  waived: 'warning',
  accepted: 'warning',
  attested: 'good',
  pass: 'good',
  not_applicable: 'quiet',
};

export function toneOf(standing: Standing): StatusTone {
  return TONES[standing];
}

export function statusWord(standing: Standing, t: Translate): string {
  const words: Readonly<Record<Standing, string>> = {
    pass: t('pass'),
    fail: t('fail'),
    uncertain: t('uncertain'),
    not_evaluable: t('not evaluable'),
    pending: t('pending'),
    waived: t('waived'),
    accepted: t('accepted'),
    attested: t('attested'),
    not_applicable: t('not applicable'),
  };
  return words[standing];
}

/** `accepted by ana@acme.example until 2026-08-30`; the status alone where people settled nothing. Names are as they came. */
export function standingInWords(outcome: Pick<Outcome, 'status' | 'settled'>, t: Translate): string {
  const { settled } = outcome;
  if (settled === undefined) return statusWord(outcome.status, t);
  const by = settled.by.join(', ');
  const words: Readonly<Record<typeof settled.how, string>> = {
    accepted: t('accepted by {0} until {1}', by, settled.until),
    waived: t('waived by {0} until {1}', by, settled.until),
    attested: t('attested by {0} until {1}', by, settled.until),
  };
  return words[settled.how];
}

/** Whether this outcome lets a model through, once approvals are laid over it. */
export function holds(outcome: Pick<Outcome, 'status'>): boolean {
  return outcome.status === 'pass' || outcome.status === 'waived' || outcome.status === 'not_applicable';
}

/** Sorts worst first, required before advisory; equals keep the policy's order. */
export function byUrgency(one: Outcome, other: Outcome): number {
  const byStatus = WORST_FIRST.indexOf(standingOf(one)) - WORST_FIRST.indexOf(standingOf(other));
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
