import type { Outcome, OutcomeStatus } from '../../checks/outcome.ts';
import { byUrgency, holds, type Standing, type StatusTone, toneOf } from '../../report/status.ts';

const ICONS: Readonly<Record<Standing, string>> = {
  fail: 'error',
  not_evaluable: 'circle-slash',
  uncertain: 'question',
  pending: 'circle-large-outline',
  waived: 'pass',
  accepted: 'pass',
  attested: 'pass-filled',
  pass: 'pass-filled',
  not_applicable: 'dash',
};

/** VS Code's icon for a status, and its tone. */
export function lookOf(standing: Standing): { readonly icon: string; readonly tone: StatusTone } {
  return { icon: ICONS[standing], tone: toneOf(standing) };
}

/** The worst status of a non-empty list. Advisory checks never block, so they never colour what stands above them. */
export function worstStatus(outcomes: readonly Outcome[]): OutcomeStatus {
  const counting = outcomes.filter((outcome) => outcome.severity === 'required' || holds(outcome));
  const worst = counting.toSorted(byUrgency)[0];
  return worst?.status ?? 'not_applicable';
}
