import type { Problem, Result } from '../../base/result.ts';
import type { Services } from '../commands/command.ts';
import type { Assessed } from '../commands/needs.ts';
import { CANCELLED } from '../engine-client.ts';
import type { Snapshot } from '../state/snapshot.ts';
import { t } from '../translation.ts';
import type { PanelContent } from './document-panel.ts';
import type { Renew, Renewed } from './panels.ts';

/** A panel follows the checklist while it is open; where its content can't be made any more, it says that it is old. */
export function followChecklist(
  { state }: Services,
  contentOf: (assessed: Assessed) => Promise<Result<PanelContent> | undefined>,
): Renew {
  let { assessed: shown, approvals: shownApprovals } = state.snapshot;
  return async (snapshot: Snapshot): Promise<Renewed> => {
    const { policyFile, policy, assessed, approvals, activity } = snapshot;
    if (activity !== 'idle') return undefined;
    if (policyFile === undefined || policy === undefined || assessed === undefined) {
      shown = undefined;
      return { outdated: whyNothing(snapshot)?.message ?? t('There is no finished run to look at.') };
    }
    if (assessed === shown && approvals === shownApprovals) return undefined;
    [shown, shownApprovals] = [assessed, approvals];
    const content = await contentOf({ policyFile, policy, assessed });
    if (content === undefined || content.ok) return content?.value;
    return content.problem.code === CANCELLED ? undefined : { outdated: content.problem.message };
  };
}

function whyNothing({ policyProblems, obstacle }: Snapshot): Problem | undefined {
  return policyProblems.find(({ severity }) => severity === 'error') ?? obstacle;
}
