import type { Reason } from '../../approval/verdict.ts';
import { t } from '../translation.ts';
import { visible } from '../visible-text.ts';
import { staleWords } from './stale-words.ts';
import type { TreeNode } from './tree-node.ts';

/**
 * Why a model is not approved, beyond missing signatures. What made several approvals stale is said once: a row for each
 * would begin with the same words, and a narrow view shows no more than these.
 */
export function reasonNodes(environment: string, reasons: readonly Reason[]): readonly TreeNode[] {
  const groups = Map.groupBy(reasons, (reason) => staleWords(reason) ?? reason);
  return [...groups].map(([what, members]) => {
    const nodes = members.map((reason) => reasonNode(environment, reason, reasons.indexOf(reason)));
    const [first] = nodes;
    if (typeof what !== 'string' || first === undefined || nodes.length === 1) return nodes[0] as TreeNode;
    return {
      ...first,
      id: `${first.id}/all`,
      description: t('{0} approvals', nodes.length),
      tooltip: nodes.map(({ tooltip = '' }) => tooltip).join('\n'),
      opened: 'closed' as const,
      children: nodes.map(({ id, tooltip = '' }) => ({
        ...{ id, label: tooltip, tooltip, icon: 'info', tone: 'quiet' as const, contextValue: 'reason' },
      })),
    };
  });
}

function reasonNode(environment: string, reason: Reason, index: number): TreeNode {
  const message = visible(reason.message);
  const stale = staleWords(reason);
  return {
    id: `environment/${environment}/reason/${index}`,
    // A narrow view cuts the sentence off before it comes to what has changed.
    ...(stale === undefined ? { label: message } : { label: stale, description: message }),
    tooltip: message,
    ...(stale === undefined ? { icon: 'info', tone: 'quiet' as const } : { icon: 'warning', tone: 'warning' as const }),
    contextValue: 'reason',
  };
}
