import type { Outcome } from '../../checks/outcome.ts';
import type { Policy } from '../../policy/schema.ts';
import { holds } from '../../report/status.ts';
import { INTERNAL_COMMANDS } from '../ids.ts';
import { whoSettles } from '../sign-off/who-settles.ts';
import { t } from '../translation.ts';
import { visible } from '../visible-text.ts';
import { lookOf } from './status-look.ts';
import type { TreeNode } from './tree-node.ts';

/** Which checks keep the model out of an environment, and who could settle each; no node where none does. */
export function openPointNodes(environment: string, outcomes: readonly Outcome[], policy: Policy): readonly TreeNode[] {
  const open = outcomes.filter((outcome) => outcome.severity === 'required' && !holds(outcome));
  if (open.length === 0) return [];
  const label = open.length === 1 ? t('1 open check') : t('{0} open checks', open.length);
  return [
    {
      id: `environment/${environment}/open-points`,
      label,
      icon: 'checklist',
      tone: 'warning',
      contextValue: 'open-points',
      opened: 'closed',
      children: open.map((outcome) => openPointNode(environment, outcome, policy)),
    },
  ];
}

function openPointNode(environment: string, outcome: Outcome, policy: Policy): TreeNode {
  const label = visible(outcome.id);
  const description = settlementWords(outcome, policy);
  return {
    id: `environment/${environment}/open-point/${outcome.id}`,
    label,
    description,
    tooltip: visible(outcome.message),
    ...lookOf(outcome.status),
    contextValue: 'open-point',
    command: {
      id: INTERNAL_COMMANDS.showInChecklist,
      title: t('Show in the Checklist'),
      arguments: [outcome.id],
    },
  };
}

/** `to be attested by risk (ben@acme.example)`. */
function settlementWords(outcome: Outcome, policy: Policy): string {
  const settlement = whoSettles(outcome, policy);
  switch (settlement?.kind) {
    case 'accept':
      return t('to be accepted by {0}', settlement.who);
    case 'waive':
      return t('to be mended, or waived by {0}', settlement.who);
    case 'attest':
      return t('to be attested by {0}', settlement.who);
    case undefined:
      return t('nobody may waive it: it has to hold');
  }
}
