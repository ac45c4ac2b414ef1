import { succeed } from '../../base/result.ts';
import { OUTCOME_STATUSES } from '../../checks/outcome.ts';
import { statusWord } from '../../report/status.ts';
import { COMMANDS } from '../ids.ts';
import { outcomesOf } from '../state/snapshot.ts';
import { t } from '../translation.ts';
import type { Command } from './command.ts';
import { needAssessment } from './needs.ts';

/** Shows the checks of some statuses only. Counts stay those of all: a filter hides nothing from the verdict. */
export const filterChecklist: Command = {
  id: COMMANDS.filterChecklist,
  run: async (services, argument) => {
    const { prompts, choices, state } = services;
    if (argument === 'all') {
      choices.choose({ statuses: undefined });
      return succeed(undefined);
    }
    const assessment = await needAssessment(services);
    if (!assessment.ok) return assessment;
    const outcomes = outcomesOf(state.snapshot);
    const counted = OUTCOME_STATUSES.map((status) => ({
      status,
      count: outcomes.filter((outcome) => outcome.status === status).length,
    })).filter(({ count }) => count > 0);
    const { statuses } = choices.current;
    const answer = await prompts.pickMany({
      title: t('Filter Checklist'),
      placeholder: t('Which checks should be shown?'),
      choices: counted.map(({ status, count }) => ({
        value: status,
        label: statusWord(status, t),
        description: String(count),
        chosen: statuses === undefined || statuses.includes(status),
      })),
    });
    if (answer.kind !== 'given') return undefined;
    const areAll = answer.value.length === 0 || answer.value.length === counted.length;
    choices.choose({ statuses: areAll ? undefined : answer.value });
    return succeed(answer.value);
  },
};
