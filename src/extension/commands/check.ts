import { succeed } from '../../base/result.ts';
import { COMMANDS, VIEWS } from '../ids.ts';
import type { Command } from './command.ts';
import { needAssessment } from './needs.ts';

/** Looks at everything again and shows the checklist, which is the result. */
export const check: Command = {
  id: COMMANDS.check,
  run: async (services) => {
    await services.state.refresh('everything');
    const assessment = await needAssessment(services);
    if (!assessment.ok) return assessment;
    await services.editor.showView(VIEWS.checklist);
    return succeed(assessment.value.assessed.assessment.summary);
  },
};
