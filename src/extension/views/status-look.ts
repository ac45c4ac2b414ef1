import type { Outcome, OutcomeStatus } from '../../checks/outcome.ts';
import { byUrgency, holds, type StatusTone, toneOf } from '../../report/status.ts';

const ICONS: Readonly<Record<OutcomeStatus, string>> = {
  fail: 'error',
  not_evaluable: 'circle-slash',
  uncertain: 'question',
  pending: 'circle-large-outline',
  waived: 'pass',
  pass: 'pass-filled',
  not_applicable: 'dash',
};

/** VS Code's icon for a status, and its tone. */
export function lookOf(status: OutcomeStatus): { readonly icon: string; readonly tone: StatusTone } {
  return { icon: ICONS[status], tone: toneOf(status) };
}

/** The worst status of a non-empty list. Advisory checks never block, so they never colour what stands above them. */
export function worstStatus(outcomes: readonly Outcome[]): OutcomeStatus {
  const counting = outcomes.filter((outcome) => outcome.severity === 'required' || holds(outcome));
  const worst = counting.toSorted(byUrgency)[0];
  return worst?.status ?? 'not_applicable';
}
