import { succeed } from '../../base/result.ts';
import { COMMANDS } from '../ids.ts';
import { metricsDocument } from '../panels/metrics-document.ts';
import type { Command } from './command.ts';
import { needAssessment } from './needs.ts';

/** What the run in the checklist logged, with its history. */
export const openMetrics: Command = {
  id: COMMANDS.openMetrics,
  run: async (services) => {
    const assessment = await needAssessment(services);
    if (!assessment.ok) return assessment;
    const { policyFile, assessed, policy } = assessment.value;
    const run = await services.engine.call('loadRun', { policyFile, run: assessed.assessment.run.id });
    if (!run.ok) return run;
    services.panels.show('metrics', metricsDocument(run.value, policy.model));
    return succeed(undefined);
  },
};
