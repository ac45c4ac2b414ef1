import { type Result, succeed } from '../../base/result.ts';
import { COMMANDS } from '../ids.ts';
import type { PanelContent } from '../panels/document-panel.ts';
import { followChecklist } from '../panels/follow-checklist.ts';
import { outcomesOf } from '../state/snapshot.ts';
import { t } from '../translation.ts';
import type { Command, Services } from './command.ts';
import { type Assessed, needAssessment } from './needs.ts';

/** The assessment as a page, with what was signed about it. */
export const openReport: Command = {
  id: COMMANDS.openReport,
  run: async (services) => {
    const assessment = await needAssessment(services);
    if (!assessment.ok) return assessment;
    const content = await services.prompts.withProgress(t('Writing the report'), (_, signal) =>
      contentOf(services, assessment.value, signal),
    );
    if (!content.ok) return content;
    const follow = followChecklist(services, (assessed) => contentOf(services, assessed));
    services.panels.show('report', content.value, { renew: follow });
    return succeed(undefined);
  },
};

async function contentOf(
  { engine, editor, state }: Services,
  { policyFile, assessed }: Assessed,
  signal?: AbortSignal,
): Promise<Result<PanelContent>> {
  const trust = editor.trust();
  const options = signal === undefined ? {} : { signal };
  const outcomes = outcomesOf(state.snapshot);
  const material = await engine.call('report', { policyFile, trust, digest: assessed.digest, outcomes }, options);
  if (!material.ok) return material;
  // What writes documents is large, and needed only once one is asked for.
  const { reportPanel } = await import('../panels/report-panel.ts');
  return succeed({ document: reportPanel(material.value, trust) });
}
