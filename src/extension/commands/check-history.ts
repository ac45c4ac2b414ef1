import { fail, succeed } from '../../base/result.ts';
import { formatNumber } from '../../base/text.ts';
import { COMMANDS } from '../ids.ts';
import { outcomesOf } from '../state/snapshot.ts';
import { t } from '../translation.ts';
import { timeAgo } from '../views/times.ts';
import { type Command, textArgument } from './command.ts';
import { needAssessment } from './needs.ts';
import { checkOf } from './node-arguments.ts';

/** The values of a check over the last runs, newest first; choosing one puts that run beside the one in the checklist. */
export const checkHistory: Command = {
  id: COMMANDS.checkHistory,
  run: async (services, argument) => {
    const { engine, prompts, editor, state, now } = services;
    const assessment = await needAssessment(services);
    if (!assessment.ok) return assessment;
    const { policyFile, assessed } = assessment.value;
    const { run } = assessed.assessment;
    const outcomes = outcomesOf(state.snapshot);
    const check = textArgument(argument) ?? checkOf(argument) ?? (await chooseCheck(services));
    if (check === undefined) return undefined;
    const outcome = outcomes.find(({ id }) => id === check);
    if (outcome === undefined) return fail('no-check', t('The policy has no check “{0}” any more.', check));
    const found = await prompts.withProgress(t('Reading earlier runs'), (reportProgress, signal) =>
      engine.call('policyFacts', { policyFile, run: run.id, trust: editor.trust() }, { reportProgress, signal }),
    );
    if (!found.ok) return found;
    const { earlierRuns } = await import('../engine/facts/value-history.ts');
    const earlier = earlierRuns(state.snapshot.runs, run.id);
    const values = found.value.facts.history[check] ?? [];
    // Runs that came or went meanwhile would put values beside the wrong names.
    if (values.length !== earlier.length) return nothingKnown(check);
    const known = earlier.map((each, index) => ({ run: each, value: values[index] ?? null })).toReversed();
    const answer = await prompts.pickOne({
      title: t('History of {0}', check),
      placeholder: t('Choose a run to compare it with {0}', run.name),
      choices: [
        {
          value: run.id,
          label: outcome.value === null ? '–' : formatNumber(outcome.value),
          description: t('{0} · in the checklist', run.name),
        },
        ...known.map((each) => ({
          value: each.run.id,
          label: each.value === null ? '–' : formatNumber(each.value),
          description: [each.run.name, each.run.startTime === undefined ? '' : timeAgo(each.run.startTime, now())]
            .filter((text) => text !== '')
            .join(' · '),
        })),
      ],
    });
    if (answer.kind !== 'given' || answer.value === run.id) return undefined;
    const { compare } = await import('./compare.ts');
    const compared = await compare.run(services, answer.value);
    return compared?.ok === false ? compared : succeed(answer.value);
  },
};

function nothingKnown(check: string): ReturnType<typeof fail> {
  return {
    ok: false,
    problem: {
      code: 'no-history',
      severity: 'information',
      message: t('Nothing is known of “{0}” on earlier runs: they neither logged it nor were signed.', check),
    },
  };
}

async function chooseCheck({ prompts, state }: Parameters<Command['run']>[0]): Promise<string | undefined> {
  const answer = await prompts.pickOne({
    title: t('History of a Check'),
    placeholder: t('Which check?'),
    choices: outcomesOf(state.snapshot).map(({ id, title }) => ({ value: id, label: id, description: title })),
  });
  return answer.kind === 'given' ? answer.value : undefined;
}
