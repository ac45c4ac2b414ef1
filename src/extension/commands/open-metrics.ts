import { succeed } from '../../base/result.ts';
import { COMMANDS } from '../ids.ts';
import { metricsDocument } from '../panels/metrics-document.ts';
import { t } from '../translation.ts';
import type { Command } from './command.ts';
import { needAssessment } from './needs.ts';

/** What the run in the checklist logged, with its history. */
export const openMetrics: Command = {
  id: COMMANDS.openMetrics,
  run: async (services) => {
    const assessment = await needAssessment(services);
    if (!assessment.ok) return assessment;
    const { policyFile, assessed, policy } = assessment.value;
    const wanted = { policyFile, run: assessed.assessment.run.id, trust: services.editor.trust() };
    const run = await services.prompts.withProgress(t('Loading the run'), (reportProgress, signal) =>
      services.engine.call('loadRun', wanted, { reportProgress, signal }),
    );
    if (!run.ok) return run;
    services.panels.show('metrics', metricsDocument(run.value, policy.model));
    return succeed(undefined);
  },
};
