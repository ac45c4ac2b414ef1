import { fail, succeed } from '../../base/result.ts';
import { COMMANDS } from '../ids.ts';
import { t } from '../translation.ts';
import { runStatusWord } from '../views/runs-model.ts';
import { timeAgo } from '../views/times.ts';
import { type Command, textArgument } from './command.ts';
import { needSoundPolicy } from './needs.ts';
import { runOf } from './node-arguments.ts';

/** Chooses the run that the checklist is about. */
export const selectRun: Command = {
  id: COMMANDS.selectRun,
  run: async (services, argument) => {
    const { state, prompts, now } = services;
    const policyFile = await needSoundPolicy(services);
    if (!policyFile.ok) return policyFile;
    const { runs, assessed, obstacle } = state.snapshot;
    if (runs.length === 0 && obstacle !== undefined) return { ok: false, problem: obstacle };
    if (runs.length === 0) return fail('no-run', t('There are no runs where the policy looks for them.'));
    const named = textArgument(argument) ?? runOf(argument);
    const answer =
      named === undefined
        ? await prompts.pickOne({
            title: t('Select Run'),
            placeholder: t('Which run should the checklist be about?'),
            choices: runs.map((run) => ({
              value: run.id,
              label: run.name,
              description: [runStatusWord(run.status), run.startTime === undefined ? '' : timeAgo(run.startTime, now())]
                .filter((text) => text !== '')
                .join(' · '),
              detail: run.id,
              chosen: run.id === assessed?.assessment.run.id,
            })),
          })
        : ({ kind: 'given', value: named } as const);
    if (answer.kind !== 'given') return undefined;
    await state.selectRun(answer.value);
    return succeed(answer.value);
  },
};
