import { type Result, succeed } from '../../base/result.ts';
import { COMMANDS } from '../ids.ts';
import type { PanelContent } from '../panels/document-panel.ts';
import { followChecklist } from '../panels/follow-checklist.ts';
import { metricsDocument } from '../panels/metrics-document.ts';
import { pictureOfCheck, withPictures } from '../panels/picture-sections.ts';
import { outcomesOf } from '../state/snapshot.ts';
import { t } from '../translation.ts';
import type { Command, Services } from './command.ts';
import { type Assessed, needAssessment } from './needs.ts';
import { checkOf } from './node-arguments.ts';

/** Counts what was asked for, so that a panel brings each picture into view once. */
let requests = 0;

/** The pictures that explain the checks of the run in the checklist, and what it logged; opened on a check where one is named. */
export const openMetrics: Command = {
  id: COMMANDS.openMetrics,
  run: async (services, argument) => {
    const assessment = await needAssessment(services);
    if (!assessment.ok) return assessment;
    const check = typeof argument === 'string' ? argument : checkOf(argument);
    const content = await services.prompts.withProgress(t('Drawing the pictures'), (reportProgress, signal) =>
      contentOf(services, assessment.value, { reportProgress, signal, check }),
    );
    if (!content.ok) return content;
    const follow = followChecklist(services, (assessed) => contentOf(services, assessed, {}));
    services.panels.show('metrics', content.value, { renew: follow });
    return succeed(undefined);
  },
};

interface Wanted {
  readonly reportProgress?: (step: { readonly message: string; readonly fraction?: number }) => void;
  readonly signal?: AbortSignal;
  readonly check?: string | undefined;
}

async function contentOf(
  { engine, editor, state }: Services,
  { policyFile, policy, assessed }: Assessed,
  { check, ...options }: Wanted,
): Promise<Result<PanelContent>> {
  const wanted = { policyFile, run: assessed.assessment.run.id, trust: editor.trust() };
  const outcomes = outcomesOf(state.snapshot);
  const [run, drawn] = await Promise.all([
    engine.call('loadRun', wanted, options),
    engine.call('pictures', { ...wanted, digest: assessed.digest, outcomes }, options),
  ]);
  if (!run.ok) return run;
  if (!drawn.ok) return drawn;
  const content = withPictures(metricsDocument(run.value, policy.model), drawn.value);
  const picture = check === undefined ? undefined : pictureOfCheck(drawn.value, check);
  if (picture === undefined) return succeed(content);
  requests += 1;
  return succeed({ ...content, document: { ...content.document, focus: { picture, request: requests } } });
}
