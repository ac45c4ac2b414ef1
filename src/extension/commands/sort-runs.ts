import { succeed } from '../../base/result.ts';
import { COMMANDS } from '../ids.ts';
import { t } from '../translation.ts';
import { RUN_ORDERS, type RunOrder } from '../views/arrange-runs.ts';
import type { Command } from './command.ts';
import { needSoundPolicy } from './needs.ts';

/** Chooses the order of the runs view. */
export const sortRuns: Command = {
  id: COMMANDS.sortRuns,
  run: async (services) => {
    const policyFile = await needSoundPolicy(services);
    if (!policyFile.ok) return policyFile;
    const { prompts, choices } = services;
    const { runs } = choices.current;
    const answer = await prompts.pickOne({
      title: t('Sort Runs'),
      placeholder: t('Which runs should stand first?'),
      choices: RUN_ORDERS.map((order) => ({ value: order, label: orderWords(order), chosen: order === runs.order })),
    });
    if (answer.kind !== 'given') return undefined;
    choices.choose({ runs: { ...runs, order: answer.value } });
    return succeed(answer.value);
  },
};

function orderWords(order: RunOrder): string {
  const words: Readonly<Record<RunOrder, string>> = {
    newest: t('Newest first'),
    oldest: t('Oldest first'),
    name: t('By name'),
    longest: t('Longest training first'),
    verdict: t('By verdict: approved and holding first'),
  };
  return words[order];
}
