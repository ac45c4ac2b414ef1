import type { Doorbell, RingPreview, Sent } from '../doorbell.ts';
import { fieldOf, listIn, textIn } from '../json.ts';
import { asVariables, type News, parametersOf } from '../news.ts';
import { call, notAccepted, notUnderstood, type Reach } from '../reach.ts';
import { waitingBell } from '../waiting.ts';
import { buildPage, buildStatus, type JenkinsTarget, jobName, jobPage, post } from './jenkins-api.ts';

const MOST_BUILDS = 20;
const INPUT_ACTION = 'org.jenkinsci.plugins.workflow.support.steps.input.InputAction';

interface Pending {
  readonly build: string;
  /** Names of the parameters that the step asks for. */
  readonly parameters: readonly string[];
}

/**
 * Answers an `input` step that waits: `proceedEmpty`, or `proceed` with those of its parameters that are ours; after a
 * rejection `abort`. Jenkins writes an id with its first letter in upper case. Where several builds wait, a person has
 * to choose there.
 */
export function jenkinsInput(target: JenkinsTarget, news: News, correlation: string): Doorbell {
  const wanted = target.input ?? '';
  const id = wanted.slice(0, 1).toUpperCase() + wanted.slice(1);
  const values = asVariables(parametersOf(news, correlation));
  const where = `Jenkins’ input ${id} of ${jobName(target)}`;
  const page = jobPage(target);
  const find = async (reach: Reach): Promise<{ readonly waiting: Pending } | Sent> => {
    const pending = await pendingInputs(target, id, reach);
    if (!Array.isArray(pending)) return pending;
    const [only] = pending;
    if (only === undefined || pending.length > 1) {
      const count = pending.length === 0 ? 'No build waits' : `${pending.length} builds wait`;
      return { state: 'refused', message: `${count} for ${where}.` };
    }
    return { waiting: only };
  };
  const rejects = news.event === 'on_rejected';
  const answersTo = ({ parameters }: Pending) =>
    rejects ? [] : parameters.flatMap((name) => (Object.hasOwn(values, name) ? [{ name, value: values[name] }] : []));
  const addressOf = (pending: Pending): string => {
    const verb = rejects ? 'abort' : answersTo(pending).length === 0 ? 'proceedEmpty' : 'proceed';
    return `${pending.build}/input/${id}/${verb}`;
  };
  const answerIt = async (pending: Pending, reach: Reach): Promise<Sent> => {
    const answers = answersTo(pending);
    const form = answers.length === 0 ? {} : { json: JSON.stringify({ parameter: answers }) };
    const called = await post(target, { url: addressOf(pending), form }, reach);
    if (!called.ok) return called;
    const { answer } = called;
    const run = { id: pending.build, url: pending.build };
    if (answer.status === 200 && /<(?:!doctype|html)/i.test(answer.text)) return notUnderstood(where, answer);
    if (answer.status === 200) return { state: 'accepted', message: `${where} was answered.`, run };
    if (answer.status === 404 || /already given/i.test(answer.said))
      return { state: 'already', message: `${where} was answered by somebody already.`, run };
    return notAccepted(where, answer);
  };
  const preview = (pending: Pending | undefined): RingPreview => ({
    title: `Jenkins: ${rejects ? 'abort' : 'go on with'} the waiting build of ${jobName(target)}`,
    method: 'POST',
    url:
      pending === undefined
        ? `${page}/<the waiting build>/input/${id}/${rejects ? 'abort' : 'proceed'}`
        : addressOf(pending),
    body: pending === undefined ? unseenBody(rejects ? {} : values) : lines(answersTo(pending)),
  });
  return {
    origin: new URL(page).origin,
    ...waitingBell({ find, preview, answer: answerIt }),
    find: async () => 'no way',
    again: 'starts another run',
    status: (run, reach) => buildStatus(target, run, reach),
  };
}

function unseenBody(values: Readonly<Record<string, string>>): string {
  const named = Object.entries(values).map(([name, value]) => ({ name, value }));
  return named.length === 0 ? '' : `<those of its parameters that are among these>\n${lines(named)}`;
}

function lines(named: readonly { readonly name: string; readonly value: string | undefined }[]): string {
  return named.map(({ name, value }) => `${name}=${value}`).join('\n');
}

async function pendingInputs(target: JenkinsTarget, id: string, reach: Reach): Promise<Pending[] | Sent> {
  const inputs = 'actions[_class,executions[id,settled,input[id,parameters[name]]]]';
  const tree = `builds[number,building,${inputs}]{0,${MOST_BUILDS}}`;
  const called = await call({ url: `${jobPage(target)}/api/json?tree=${tree}` }, reach);
  if (!called.ok) return { state: 'refused', message: called.message };
  const where = `Jenkins’ job ${jobName(target)}`;
  if (called.answer.status !== 200) return { ...notAccepted(where, called.answer), state: 'refused' };
  return listIn(called.answer.json, 'builds').flatMap((build): Pending[] => {
    const page = buildPage(target, fieldOf(build, 'number'));
    // The action stays after the build has ended.
    if (page === undefined || fieldOf(build, 'building') !== true) return [];
    const action = listIn(build, 'actions').find((each) => textIn(each, '_class') === INPUT_ACTION);
    if (action === undefined) return [];
    // Plugins before November 2022 show only that something waits.
    if (!Array.isArray(fieldOf(action, 'executions'))) return [{ build: page, parameters: [] }];
    const execution = listIn(action, 'executions').find(
      (each) =>
        (textIn(fieldOf(each, 'input'), 'id') ?? textIn(each, 'id')) === id && fieldOf(each, 'settled') !== true,
    );
    if (execution === undefined) return [];
    const parameters = listIn(fieldOf(execution, 'input'), 'parameters').flatMap((each) => textIn(each, 'name') ?? []);
    return [{ build: page, parameters }];
  });
}
