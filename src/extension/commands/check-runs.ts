import { type Result, succeed } from '../../base/result.ts';
import { CANCELLED } from '../engine-client.ts';
import { COMMANDS } from '../ids.ts';
import { t } from '../translation.ts';
import { arrangeRuns } from '../views/arrange-runs.ts';
import { checkedRun } from '../views/run-verdicts.ts';
import type { Command, Services } from './command.ts';
import { needAssessment } from './needs.ts';

/** As many as one can wait for; asked again, the command goes on with the next. */
const RUNS_AT_ONCE = 10;

/** Evaluates the first runs of the view that have no verdict yet, one after another, so that each has one. */
export const checkRuns: Command = {
  id: COMMANDS.checkRuns,
  run: async (services) => {
    const assessment = await needAssessment(services);
    if (!assessment.ok) return assessment;
    const { policyFile, assessed } = assessment.value;
    const { prompts, checkedRuns, choices, state } = services;
    const known = new Set(
      checkedRuns.current
        .filter(({ policySha256 }) => policySha256 === assessed.assessment.policy.sha256)
        .map(({ run }) => run),
    );
    const wanted = arrangeRuns(state.snapshot.runs, { ...choices.current.runs, order: 'newest' }, new Map())
      .filter(({ id, status }) => status === 'finished' && !known.has(id))
      .slice(0, RUNS_AT_ONCE);
    if (wanted.length === 0) {
      void prompts.notify({ level: 'information', message: t('Every finished run that is shown has its verdict.') });
      return succeed(0);
    }
    return prompts.withProgress(t('Checking runs'), (report, signal) =>
      checkEach(services, { policyFile, wanted, report, signal }),
    );
  },
};

interface Work {
  readonly policyFile: string;
  readonly wanted: readonly { readonly id: string; readonly name: string }[];
  readonly report: Parameters<Parameters<Services['prompts']['withProgress']>[1]>[0];
  readonly signal: AbortSignal;
}

/** How many were checked. One that can't be is passed over, and said. */
async function checkEach(
  { engine, editor, prompts, checkedRuns, log, now }: Services,
  { policyFile, wanted, report, signal }: Work,
): Promise<Result<number>> {
  let count = 0;
  const passedOver: string[] = [];
  for (const [index, { id, name }] of wanted.entries()) {
    report({ message: name, fraction: index / wanted.length });
    const found = await engine.call('summariseRun', { policyFile, run: id, trust: editor.trust() }, { signal });
    if (found.ok) {
      checkedRuns.remember(checkedRun(found.value, found.value.outcomes, now()));
      count += 1;
    } else if (found.problem.code === CANCELLED) break;
    else passedOver.push(`${name}: ${found.problem.message}`);
  }
  const [first, ...others] = passedOver;
  if (first !== undefined) {
    for (const each of passedOver) log.info(each);
    const more = others.length === 0 ? '' : t(' So it is with {0} more: see the log.', others.length);
    void prompts.notify({ level: 'warning', message: `${first}${more}` });
  }
  return succeed(count);
}
