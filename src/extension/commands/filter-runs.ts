import { succeed } from '../../base/result.ts';
import { COMMANDS } from '../ids.ts';
import { t } from '../translation.ts';
import { type Command, textArgument } from './command.ts';
import { needSoundPolicy } from './needs.ts';

/** Shows the runs that mention some words: in their name, experiment, user, status, verdict or id. */
export const filterRuns: Command = {
  id: COMMANDS.filterRuns,
  run: async (services, argument) => {
    const policyFile = await needSoundPolicy(services);
    if (!policyFile.ok) return policyFile;
    const { prompts, choices } = services;
    const { runs } = choices.current;
    const named = textArgument(argument);
    const answer =
      named === undefined
        ? await prompts.ask({
            title: t('Filter Runs'),
            prompt: t('Words in a run’s name, experiment, user, status, verdict or id. Empty shows every run.'),
            placeholder: t('for example: challenger ana'),
            value: runs.words,
          })
        : ({ kind: 'given', value: named } as const);
    if (answer.kind !== 'given') return undefined;
    choices.choose({ runs: { ...runs, words: answer.value.trim() } });
    return succeed(answer.value);
  },
};
