import type { Services } from '../commands/command.ts';
import type { Assessed } from '../commands/needs.ts';
import type { Snapshot } from '../state/snapshot.ts';
import type { PanelContent } from './document-panel.ts';
import type { Renew } from './panels.ts';

/** A panel follows the checklist while it is open; where its content can't be made, it stays as it is. */
export function followChecklist(
  { state }: Services,
  contentOf: (assessed: Assessed) => Promise<PanelContent | undefined>,
): Renew {
  let { assessed: shown, approvals: shownApprovals } = state.snapshot;
  return async ({ policyFile, policy, assessed, approvals, activity }: Snapshot) => {
    if (activity !== 'idle' || policyFile === undefined || policy === undefined || assessed === undefined) return;
    if (assessed === shown && approvals === shownApprovals) return;
    [shown, shownApprovals] = [assessed, approvals];
    return contentOf({ policyFile, policy, assessed });
  };
}
