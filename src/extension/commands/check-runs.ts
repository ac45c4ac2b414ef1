import { type Problem, type Result, succeed } from '../../base/result.ts';
import type { RunLine } from '../engine/run-line.ts';
import { CANCELLED } from '../engine-client.ts';
import { COMMANDS } from '../ids.ts';
import { t } from '../translation.ts';
import { arrangeRuns } from '../views/arrange-runs.ts';
import { checkedRun } from '../views/run-verdicts.ts';
import type { Command, Services } from './command.ts';
import { needAssessment } from './needs.ts';

/** As many as one can wait for; asked again, the command goes on with the next. */
const RUNS_AT_ONCE = 10;
/** Runs that can't be checked don't count among those, but somewhere even a folder full of them has to end. */
const MOST_TRIED = 50;

/** Runs that could not be checked since the window was opened: policy and run. They are tried again when no other is left. */
const notCheckable = new Set<string>();

/** Evaluates the first runs of the view that have no verdict yet, one after another, so that each has one. */
export const checkRuns: Command = {
  id: COMMANDS.checkRuns,
  run: async (services) => {
    const assessment = await needAssessment(services);
    if (!assessment.ok) return assessment;
    const { policyFile, assessed } = assessment.value;
    const wanted = wantedRuns(services, assessed.assessment.policy.sha256);
    if (wanted.length === 0) {
      const message = t('Every finished run that is shown has its verdict.');
      void services.prompts.notify({ level: 'information', message });
      return succeed(0);
    }
    return services.prompts.withProgress(t('Checking runs'), (report, signal) =>
      checkEach(services, { policyFile, policySha256: assessed.assessment.policy.sha256, wanted, report, signal }),
    );
  },
};

/** Newest first, and last those of which nothing could be learned before. */
function wantedRuns({ checkedRuns, choices, state }: Services, policySha256: string): readonly RunLine[] {
  const known = new Set(checkedRuns.current.filter((each) => each.policySha256 === policySha256).map(({ run }) => run));
  const unknown = arrangeRuns(state.snapshot.runs, { ...choices.current.runs, order: 'newest' }, new Map()).filter(
    ({ id, status }) => status === 'finished' && !known.has(id),
  );
  const isTried = ({ id }: RunLine): boolean => notCheckable.has(`${policySha256}/${id}`);
  return [...unknown.filter((run) => !isTried(run)), ...unknown.filter(isTried)].slice(0, MOST_TRIED);
}

interface Work {
  readonly policyFile: string;
  readonly policySha256: string;
  readonly wanted: readonly RunLine[];
  readonly report: Parameters<Parameters<Services['prompts']['withProgress']>[1]>[0];
  readonly signal: AbortSignal;
}

/** How many were checked. One that can't be is passed over, and said. */
async function checkEach(services: Services, work: Work): Promise<Result<number>> {
  const { engine, editor, checkedRuns, now } = services;
  const { policyFile, policySha256, wanted, report, signal } = work;
  let count = 0;
  const passedOver: string[] = [];
  for (const { id, name } of wanted) {
    if (count === RUNS_AT_ONCE) break;
    report({ message: name, fraction: count / Math.min(RUNS_AT_ONCE, wanted.length) });
    const found = await engine.call('summariseRun', { policyFile, run: id, trust: editor.trust() }, { signal });
    if (found.ok) {
      checkedRuns.remember(checkedRun(found.value, found.value.outcomes, now()));
      count += 1;
    } else if (found.problem.code === CANCELLED) {
      break;
    } else {
      passedOver.push(`${name}: ${found.problem.message}`);
      if (concernsEveryRun(found.problem)) break;
      notCheckable.add(`${policySha256}/${id}`);
    }
  }
  tellPassedOver(services, passedOver);
  return succeed(count);
}

/** A server that doesn't answer about one run doesn't answer about the next. */
function concernsEveryRun({ code }: Problem): boolean {
  return code.startsWith('http-') && code !== 'http-missing';
}

function tellPassedOver({ prompts, log }: Services, passedOver: readonly string[]): void {
  const [first, ...others] = passedOver;
  if (first === undefined) return;
  for (const each of passedOver) log.info(each);
  const more =
    others.length === 0
      ? ''
      : others.length === 1
        ? t(' One more can’t be checked: see the log.')
        : t(' {0} more can’t be checked: see the log.', others.length);
  void prompts.notify({ level: 'warning', message: `${first}${more}` });
}
