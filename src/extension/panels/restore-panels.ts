import * as vscode from 'vscode';
import type { CommandResult, Services } from '../commands/command.ts';
import { compare } from '../commands/compare.ts';
import { openMetrics } from '../commands/open-metrics.ts';
import { openReport } from '../commands/open-report.ts';
import { verifyAgain } from '../commands/verify.ts';
import { PANEL_TYPE } from '../ids.ts';
import type { Disposable } from '../lifecycle.ts';
import type { KeptPanel } from '../protocol.ts';
import { t } from '../translation.ts';
import { bringBack, placeholder } from './bring-back.ts';

/**
 * Brings panels back when the window is loaded anew. Only what a panel was about was kept; what it shows is made from what
 * is true by now.
 */
export function restorePanels(services: Services): Disposable {
  return vscode.window.registerWebviewPanelSerializer(PANEL_TYPE, {
    async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
      const { readKeptPanel } = await import('./read-message.ts');
      const kept = readKeptPanel(state);
      // What was about to be signed has to be prepared anew, by whoever wants to sign.
      if (kept === undefined || kept.kind === 'review') {
        panel.dispose();
        return;
      }
      const waiting = placeholder(panel.title, t('Evaluating the run'));
      if (services.panels.adopt(panel, { document: waiting }, kept) === 'not needed') return;
      await bringBack(services, { kept, title: panel.title, show: () => showAgain(services, kept) });
    },
  });
}

async function showAgain(services: Services, { kind, about }: KeptPanel): Promise<CommandResult> {
  switch (kind) {
    case 'report':
      return openReport.run(services, undefined);
    case 'metrics':
      return openMetrics.run(services, undefined);
    case 'comparison':
      return compare.run(services, about[0]);
    case 'verdict':
      return verifyAgain(services, about);
    case 'review':
      return undefined;
  }
}
