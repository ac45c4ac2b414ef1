import type { Doorbell, Sent } from '../doorbell.ts';
import { type News, parametersOf } from '../news.ts';
import { notAccepted, notUnderstood, type Reach } from '../reach.ts';
import { findRun, type GithubTarget, github, runStatus, startedRun } from './github-api.ts';

const EVENT = 'workflow_dispatch';
/** So far the clocks here and at GitHub may differ; the run is known by its name anyway. */
const CLOCK_SKEW_MS = 10 * 60_000;

/**
 * Starts a workflow (`POST …/actions/workflows/{workflow}/dispatches`). `ref` can't be a commit, so the approvals'
 * commit travels as an input. Servers before Enterprise 3.21 refuse `return_run_details`; they are asked once more
 * without, and the run is looked for by the correlation id in its name.
 */
export function githubWorkflow(target: GithubTarget, news: News, correlation: string): Doorbell {
  const api = github(target);
  const workflow = target.workflow ?? '';
  const path = `/actions/workflows/${encodeURIComponent(workflow)}/dispatches`;
  const body = { ref: target.ref ?? 'main', inputs: parametersOf(news, correlation) };
  const where = `GitHub’s workflow ${workflow} of ${target.repository}`;
  const send = async (reach: Reach): Promise<Sent> => {
    const since = new Date(Date.now() - CLOCK_SKEW_MS);
    let called = await api.post(path, { ...body, return_run_details: true }, reach);
    if (called.ok && [400, 422].includes(called.answer.status) && /return_run_details/.test(called.answer.text))
      called = await api.post(path, body, reach);
    if (!called.ok) return called;
    const { answer } = called;
    if (answer.status !== 200 && answer.status !== 204) return notAccepted(where, answer);
    if (answer.status === 200 && startedRun(answer.json) === undefined) return notUnderstood(where, answer);
    const found = startedRun(answer.json) ?? (await findRun(target, { event: EVENT, correlation, since }, reach));
    const run = typeof found === 'string' ? undefined : found;
    return { state: 'accepted', message: `${where} was started.`, ...(run === undefined ? {} : { run }) };
  };
  return {
    origin: api.origin,
    preview: {
      title: `GitHub: start ${workflow} of ${target.repository}`,
      method: 'POST',
      url: `${api.base}${path}`,
      body: JSON.stringify(body, undefined, 2),
    },
    send,
    find: (reach, since) => findRun(target, { event: EVENT, correlation, since }, reach),
    findsByName: true,
    again: 'starts another run',
    status: (run, reach) => runStatus(target, run, reach),
  };
}
