import type { Outcome } from '../../checks/outcome.ts';
import type { Check, Policy } from '../../policy/schema.ts';
import { rowsInWords } from '../../report/count-words.ts';
import { boundInWords, intervalInWords, valueInWords } from '../../report/outcome-words.ts';
import { byUrgency, countWords, holds, standingInWords, statusWord } from '../../report/status.ts';
import type { EnvironmentApprovals } from '../engine/approvals.ts';
import { whoSettles } from '../sign-off/who-settles.ts';
import { mainEnvironment, outcomesOf, type Snapshot } from '../state/snapshot.ts';
import { t } from '../translation.ts';
import { visibleUpTo } from '../visible-text.ts';

/** A sentence of a check may be long, and here is the place where it is read whole. */
const LONGEST = 1_000;

/**
 * Why the model in the checklist is not approved for an environment, in plain lines: who has not signed, which checks do
 * not hold and by which numbers, who could settle each. Undefined where nothing was evaluated.
 *
 * @param environment the policy's last when undefined
 */
export function whyNotApproved(snapshot: Snapshot, environment?: string): string | undefined {
  const { assessed, policy, approvals, approvalsObstacle } = snapshot;
  if (assessed === undefined || policy === undefined) return undefined;
  const name = environment ?? mainEnvironment(policy);
  const found = approvals?.environments.find((each) => each.name === name);
  const outcomes = outcomesOf(snapshot);
  const { model, run } = assessed.assessment;
  return linesOf([
    t('Model {0}, run {1} ({2})', shown(model), shown(run.name), shown(run.id)),
    ...(name === undefined ? [t('The policy names no environment to sign for.')] : []),
    ...(found === undefined ? [] : standingLines(found)),
    ...(found === undefined && approvalsObstacle !== undefined ? [shown(approvalsObstacle.message)] : []),
    '',
    `${countWords(outcomes, t)}:`,
    ...openOutcomes(outcomes).flatMap((outcome) => ['', ...outcomeLines(outcome, policy)]),
    ...(openOutcomes(outcomes).length === 0 ? [t('No check stands in the way.')] : []),
  ]);
}

/** Everything about one check; undefined where the assessment has none of that name. */
export function whyOfCheck(snapshot: Snapshot, id: string): string | undefined {
  const { policy, assessed } = snapshot;
  const outcome = outcomesOf(snapshot).find((each) => each.id === id);
  if (outcome === undefined || policy === undefined || assessed === undefined) return undefined;
  const { run } = assessed.assessment;
  const parts = (outcome.parts ?? []).map(({ name, status, value, interval, rows }) => {
    const figures = [valueInWords({ value }), intervalInWords(interval), rows === null ? '' : rowsInWords(rows, t)];
    return `  ${[shown(name), statusWord(status, t), ...figures].filter(Boolean).join('  ')}`;
  });
  return linesOf([
    t('Run {0} ({1})', shown(run.name), shown(run.id)),
    '',
    ...outcomeLines(outcome, policy),
    ...grounds(policy.checks[id]),
    ...(parts.length === 0 ? [] : ['', t('Parts:'), ...parts]),
  ]);
}

function openOutcomes(outcomes: readonly Outcome[]): readonly Outcome[] {
  return outcomes.filter((outcome) => outcome.severity === 'required' && !holds(outcome)).toSorted(byUrgency);
}

function standingLines({ name, candidate }: EnvironmentApprovals): readonly string[] {
  const { standing, seats, reasons } = candidate;
  const missing = seats
    .filter(({ have, need }) => have < need)
    .map(({ role, holders }) => t('Missing: {0} ({1})', shown(role), holders.map(shown).join(', ') || t('nobody')));
  const words: Readonly<Record<typeof standing, string>> = {
    approved: t('It is approved for {0}.', shown(name)),
    rejected: t('It is rejected for {0}.', shown(name)),
    open: t('It is not approved for {0}.', shown(name)),
  };
  return [words[standing], ...missing, ...reasons.map(({ message }) => shown(message))];
}

function outcomeLines(outcome: Outcome, policy: Policy): readonly string[] {
  const { id, title, bound, interval, rows, formula, message, evidence } = outcome;
  const facts: readonly (readonly [string, string])[] = [
    [t('Value'), outcome.value === null ? '' : valueInWords(outcome)],
    [t('Bound'), boundInWords(bound, t)],
    [t('Interval'), intervalInWords(interval)],
    [t('Rows'), rows === null ? '' : rows.toLocaleString('en')],
    [t('Formula'), formula ?? ''],
    ...evidence.map(({ path }) => [t('Evidence'), path] as const),
    [t('What would settle it'), whatSettles(outcome, policy)],
  ];
  return [
    `${shown(id)}: ${shown(standingInWords(outcome, t))}${title === id ? '' : ` — ${shown(title)}`}`,
    `  ${shown(message)}`,
    ...facts.filter(([, value]) => value !== '').map(([name, value]) => `  ${name}: ${shown(value)}`),
  ];
}

function whatSettles(outcome: Outcome, policy: Policy): string {
  if (holds(outcome) || outcome.severity === 'advisory') return '';
  const settlement = whoSettles(outcome, policy);
  switch (settlement?.kind) {
    case 'accept':
      return t('more data, or its acceptance with a reason by {0}', settlement.who);
    case 'waive':
      return t('a model that holds it, or a waiver by {0}', settlement.who);
    case 'attest':
      return t('an attestation by {0}', settlement.who);
    case undefined:
      return t('a model that holds it; the policy lets nobody waive it');
  }
}

function grounds(check: Check | undefined): readonly string[] {
  const why = check?.why === undefined ? [] : [`  ${t('Why the policy asks')}: ${shown(check.why)}`];
  const refs = check?.refs ?? [];
  return refs.length === 0 ? why : [...why, `  ${t('Answers to')}: ${refs.map(shown).join(', ')}`];
}

function shown(text: string): string {
  return visibleUpTo(LONGEST, text);
}

function linesOf(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
