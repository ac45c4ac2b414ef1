import { formatNumber } from '../../base/text.ts';
import type { Outcome, OutcomePart } from '../../checks/outcome.ts';
import type { Policy } from '../../policy/schema.ts';
import { CHECKLIST_GROUPS, type ChecklistGroup, groupOf, groupTitle } from '../../report/document/checklist-groups.ts';
import { boundInWords, intervalInWords } from '../../report/outcome-words.ts';
import { byUrgency, holds, statusWord } from '../../report/status.ts';
import { INTERNAL_COMMANDS } from '../ids.ts';
import { t } from '../translation.ts';
import { visible } from '../visible-text.ts';
import { lookOf, worstStatus } from './status-look.ts';
import type { TreeNode } from './tree-node.ts';

/** The checklist of an assessed run: groups in the order of the pre-deployment checklist, worst check first in each. */
export function checklistTree(outcomes: readonly Outcome[], policy: Policy): readonly TreeNode[] {
  const groups = Map.groupBy(outcomes, (outcome) => groupOfOutcome(outcome, policy));
  const covered = CHECKLIST_GROUPS.flatMap((group) => {
    const members = groups.get(group);
    return members === undefined ? [] : [groupNode(group, members)];
  });
  const uncovered = CHECKLIST_GROUPS.filter((group) => !groups.has(group) && group !== 'people');
  return uncovered.length === 0 ? covered : [...covered, uncoveredNode(uncovered)];
}

function groupOfOutcome(outcome: Outcome, policy: Policy): ChecklistGroup {
  const check = policy.checks[outcome.id];
  return check === undefined ? 'performance' : groupOf(check, policy);
}

function groupNode(group: ChecklistGroup, outcomes: readonly Outcome[]): TreeNode {
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
    spoken: [groupTitle(group, t), ...counts].join(', '),
    ...lookOf(status),
    contextValue: 'group',
    opened: 'opened',
    children: outcomes.toSorted(byUrgency).map(checkNode),
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
function checkNode(outcome: Outcome): TreeNode {
  const title = visible(outcome.title);
  const id = visible(outcome.id);
  const parts = outcome.parts ?? [];
  const facts = factsOf(outcome);
  return {
    id: `check/${outcome.id}`,
    label: id,
    description: [facts, title === id ? '' : title].filter((text) => text !== '').join('  ·  '),
    tooltip: tooltipOf(outcome),
    spoken: spokenOf(outcome),
    ...lookOf(outcome.status),
    contextValue: `check.${outcome.status}`,
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
    description: [numbers(part.value, outcome.bound, part.status), statusSuffix(part.status)]
      .filter(Boolean)
      .join('  '),
    ...lookOf(part.status),
    contextValue: 'part',
  };
}

/** `0.8472  ≥ 0.8`, then the status where it isn't plain: a passing line stays short. */
function factsOf(outcome: Outcome): string {
  const { value, bound, status } = outcome;
  return [numbers(value, bound, status), statusSuffix(status), advisoryWord(outcome)].filter(Boolean).join('  ');
}

/** The same in the order in which it is heard best: what, how it stands, by which numbers. */
function spokenOf(outcome: Outcome): string {
  const { title, value, bound, status } = outcome;
  const parts = [visible(title), statusWord(status, t), numbers(value, bound, status), advisoryWord(outcome)];
  return parts.filter(Boolean).join(', ');
}

function advisoryWord({ severity }: Outcome): string {
  return severity === 'advisory' ? t('advisory') : '';
}

function numbers(value: number | null, bound: Outcome['bound'], status: Outcome['status']): string {
  if (value === null) return '';
  // `0.79  ≥ 0.8` reads like a mistake of ours; a word between the two says that the bound is missed.
  const limit = boundInWords(bound);
  if (limit === '') return formatNumber(value);
  return status === 'fail' ? t('{0}  needs {1}', formatNumber(value), limit) : `${formatNumber(value)}  ${limit}`;
}

function statusSuffix(status: Outcome['status']): string {
  return status === 'pass' ? '' : statusWord(status, t);
}

function tooltipOf(outcome: Outcome): string {
  const facts = [
    `${visible(outcome.title)}: ${statusWord(outcome.status, t)}`,
    visible(outcome.message),
    '',
    outcome.interval === null ? '' : t('Interval: {0}', intervalInWords(outcome.interval)),
    outcome.rows === null ? '' : t('Rows: {0}', outcome.rows.toLocaleString('en')),
    outcome.formula === null ? '' : t('Formula: {0}', visible(outcome.formula)),
    ...outcome.evidence.map((file) => t('Evidence: {0}', visible(file.path))),
    outcome.severity === 'advisory' ? t('Advisory: it never blocks an approval.') : '',
  ];
  // An empty line only where facts follow it.
  return facts.filter((fact, index) => fact !== '' || (index === 2 && facts.slice(3).some(Boolean))).join('\n');
}
