import type { Outcome, OutcomePart, OutcomeStatus } from '../../checks/outcome.ts';
import type { Policy } from '../../policy/schema.ts';
import { CHECKLIST_GROUPS, type ChecklistGroup, groupOf, groupTitle } from '../../report/document/checklist-groups.ts';
import { byUrgency, holds, standingInWords, standingOf, statusWord } from '../../report/status.ts';
import { COMMANDS, INTERNAL_COMMANDS } from '../ids.ts';
import { t } from '../translation.ts';
import { visible } from '../visible-text.ts';
import { numbersInWords } from './outcome-figures.ts';
import { outcomeTooltip } from './outcome-tooltip.ts';
import { lookOf, worstStatus } from './status-look.ts';
import type { TreeNode } from './tree-node.ts';

export interface ChecklistShown {
  readonly outcomes: readonly Outcome[];
  readonly policy: Policy;
  /** Undefined for all of them. */
  readonly statuses?: readonly OutcomeStatus[] | undefined;
}

/**
 * The checklist of an assessed run: groups in the order of the pre-deployment checklist, worst check first in each.
 * Groups count all their checks, whatever a filter hides: a filter must not make a model look better than it is.
 */
export function checklistTree({ outcomes, policy, statuses }: ChecklistShown): readonly TreeNode[] {
  const groups = Map.groupBy(outcomes, (outcome) => groupOfOutcome(outcome, policy));
  const isShown = ({ status }: Outcome): boolean => statuses === undefined || statuses.includes(status);
  const covered = CHECKLIST_GROUPS.flatMap((group) => {
    const members = groups.get(group) ?? [];
    return members.some(isShown) ? [groupNode(group, members, members.filter(isShown), policy)] : [];
  });
  const hidden = outcomes.filter((outcome) => !isShown(outcome)).length;
  if (hidden > 0) return [...covered, hiddenNode(hidden)];
  const uncovered = CHECKLIST_GROUPS.filter((group) => !groups.has(group) && group !== 'people');
  return uncovered.length === 0 ? covered : [...covered, uncoveredNode(uncovered)];
}

/** What a filter hides is said, with the way back. */
function hiddenNode(count: number): TreeNode {
  const label = count === 1 ? t('1 check is hidden') : t('{0} checks are hidden', count);
  return {
    id: 'hidden',
    label,
    description: t('by the filter'),
    icon: 'filter-filled',
    tone: 'quiet',
    contextValue: 'hidden',
    command: { id: COMMANDS.filterChecklist, title: t('Filter'), arguments: ['all'] },
  };
}

function groupOfOutcome(outcome: Outcome, policy: Policy): ChecklistGroup {
  const check = policy.checks[outcome.id];
  return check === undefined ? 'performance' : groupOf(check, policy);
}

function groupNode(
  group: ChecklistGroup,
  outcomes: readonly Outcome[],
  shown: readonly Outcome[],
  policy: Policy,
): TreeNode {
  const status = worstStatus(outcomes);
  // As in the status bar: advisory checks stand apart, or the groups would not add up to its numbers.
  const required = outcomes.filter((outcome) => outcome.severity === 'required');
  const holding = required.filter(holds).length;
  const advisory = outcomes.length - required.length;
  const counts = [
    required.length === 0 ? '' : t('{0} of {1} hold', holding, required.length),
    advisory === 0 ? '' : t('{0} advisory', advisory),
  ].filter((text) => text !== '');
  const short =
    holding === required.length && required.length > 0
      ? [t('{0} of {1}', holding, holding), ...counts.slice(1)]
      : counts;
  return {
    id: `group/${group}`,
    label: groupTitle(group, t),
    description: short.join(' · '),
    ...(short === counts ? {} : { spokenToo: t('all required checks hold') }),
    ...lookOf(status),
    contextValue: 'group',
    opened: 'opened',
    children: shown.toSorted(byUrgency).map((outcome) => checkNode(outcome, policy)),
  };
}

/** What the policy doesn't ask is said once and quietly: a checklist that hides its gaps would look complete. */
function uncoveredNode(groups: readonly ChecklistGroup[]): TreeNode {
  const titles = groups.map((group) => groupTitle(group, t)).join(', ');
  return {
    id: 'uncovered',
    label: t('Not in this policy'),
    description: titles,
    tooltip: t('The policy has no check for: {0}.', titles),
    icon: 'info',
    tone: 'quiet',
    contextValue: 'uncovered',
  };
}

/**
 * The id stands first because it is short: a side bar is narrow, and value and bound must not be pushed out of it.
 * The title follows, as far as there is room.
 */
function checkNode(outcome: Outcome, policy: Policy): TreeNode {
  const title = visible(outcome.title);
  const id = visible(outcome.id);
  const parts = outcome.parts ?? [];
  const facts = factsOf(outcome);
  return {
    id: `check/${outcome.id}`,
    label: id,
    description: [facts, title === id ? '' : title].filter((text) => text !== '').join('  ·  '),
    markdown: outcomeTooltip(outcome, policy.checks[outcome.id]),
    ...(outcome.settled === undefined ? passWord(outcome.status) : {}),
    ...boxOrIcon(outcome),
    contextValue: contextOf(outcome),
    command: { id: INTERNAL_COMMANDS.revealCheck, title: t('Show in the Policy'), arguments: [outcome.id] },
    ...(parts.length === 0
      ? {}
      : { opened: 'closed' as const, children: parts.map((part) => partNode(outcome, part)) }),
  };
}

function partNode(outcome: Outcome, part: OutcomePart): TreeNode {
  return {
    id: `check/${outcome.id}/${part.name}`,
    label: visible(part.name),
    description: [numbersInWords({ ...part, bound: outcome.bound }), statusSuffix(part.status)]
      .filter(Boolean)
      .join('  '),
    ...passWord(part.status),
    ...lookOf(part.status),
    contextValue: 'part',
  };
}

/** `check.fail.required.evidence`: what a menu can be chosen by. */
function contextOf({ status, severity, evidence }: Outcome): string {
  return ['check', status, severity, ...(evidence.length > 0 ? ['evidence'] : [])].join('.');
}

/** Only what a person says can be ticked; what is computed can't. An empty circle beside an empty box would say it twice. */
function boxOrIcon(outcome: Outcome): Pick<TreeNode, 'checkbox' | 'icon' | 'tone'> {
  const { check, status } = outcome;
  if (check !== 'attestation' || status === 'not_applicable') return lookOf(standingOf(outcome));
  const checkbox = status === 'pass' ? 'checked' : 'unchecked';
  return status === 'pass' || status === 'pending' ? { checkbox } : { checkbox, ...lookOf(status) };
}

/** `0.8472  ≥ 0.8`, then the status where it isn't plain, with who settled it: a passing line stays short. */
function factsOf(outcome: Outcome): string {
  const standing = outcome.settled === undefined ? statusSuffix(outcome.status) : visible(standingInWords(outcome, t));
  return [numbersInWords(outcome), standing, advisoryWord(outcome)].filter(Boolean).join('  ');
}

function advisoryWord({ severity }: Outcome): string {
  return severity === 'advisory' ? t('advisory') : '';
}

/** The one status that only the icon shows. */
function passWord(status: Outcome['status']): Pick<TreeNode, 'spokenToo'> {
  return status === 'pass' ? { spokenToo: statusWord(status, t) } : {};
}

function statusSuffix(status: Outcome['status']): string {
  return status === 'pass' ? '' : statusWord(status, t);
}
