import type { CommandResult, Services } from '../commands/command.ts';
import type { KeptPanel, PanelDocument } from '../protocol.ts';
import { t } from '../translation.ts';
import type { Panels, Renew } from './panels.ts';

/** A panel that was there before the window was loaded anew. */
export interface ReturningPanel {
  readonly kept: KeptPanel;
  readonly title: string;
  /** Makes what it shows from what is true by now, and shows it. */
  readonly show: () => Promise<CommandResult>;
}

/** What bringing a panel back needs of the rest. */
export interface ReturnServices {
  readonly state: Pick<Services['state'], 'snapshot'>;
  readonly panels: Pick<Panels, 'wait'>;
  readonly log: Pick<Services['log'], 'info'>;
}

/**
 * Fills the panel. Where that can't be done (the run is gone, the engine failed), it says why in one sentence, offers to
 * check again, and is filled by itself as soon as another look at a run is there.
 */
export async function bringBack(services: ReturnServices, panel: ReturningPanel): Promise<void> {
  const why = await obstacleOf(panel);
  if (why === undefined) return;
  services.log.info(`A panel did not come back: ${why}`);
  const seen = services.state.snapshot.assessed;
  const again: Renew = async ({ activity, assessed }) => {
    if (activity === 'idle' && assessed !== undefined && assessed !== seen) await bringBack(services, panel);
    return undefined;
  };
  services.panels.wait(panel.kept.kind, { document: placeholder(panel.title, why) }, again);
}

async function obstacleOf({ show }: ReturningPanel): Promise<string | undefined> {
  try {
    const shown = await show();
    if (shown === undefined) return t('Stopped.');
    return shown.ok ? undefined : shown.problem.message;
  } catch (error) {
    return t('Something went wrong inside Model Signoff: {0}', error instanceof Error ? error.message : String(error));
  }
}

/** What a panel shows while there is nothing to show. */
export function placeholder(title: string, subtitle: string): PanelDocument {
  return {
    ...{ title, subtitle, facts: [], tables: [], footnotes: [] },
    actions: [{ action: 'check', label: t('Check Again'), appearance: 'secondary' }],
  };
}
