import type { Doorbell, RingPreview, Sent, StartedRun } from '../doorbell.ts';
import { fieldOf, idIn, listIn, textIn } from '../json.ts';
import type { News } from '../news.ts';
import { type Called, isJson, notAccepted, notUnderstood, type Reach } from '../reach.ts';
import { waitingBell } from '../waiting.ts';
import { type GithubTarget, github, runStatus, startedRun } from './github-api.ts';

const MOST_RUNS = 30;

interface Waiting {
  readonly run: StartedRun;
  readonly headSha: string | undefined;
  readonly environment: number;
  readonly mayApprove: boolean;
}

/**
 * Approves (or, after a rejection, refuses) a deployment that waits for reviewers of an environment. The comment names
 * the approval, which is the way back from the run to what was signed. Of several waiting runs it is the one of the
 * approvals' commit; where none or several are, a person has to choose in GitHub.
 */
export function githubDeployments(target: GithubTarget, news: News, correlation: string): Doorbell {
  const api = github(target);
  const environment = target.environment ?? '';
  const state = news.event === 'on_rejected' ? 'rejected' : 'approved';
  const comment = `Model Signoff ${news.approvals.toSorted()[0] ?? ''} at ${news.commit} (${correlation})`;
  const where = `GitHub’s environment ${environment} of ${target.repository}`;
  const find = async (reach: Reach): Promise<{ readonly waiting: Waiting } | Sent> => {
    const listed = await api.get(`/actions/runs?status=waiting&per_page=${MOST_RUNS}`, reach);
    const runs = runsIn(listed);
    if (!Array.isArray(runs)) return runs.ok ? notAccepted(where, runs.answer) : nothingSent(runs.message);
    const waiting: Waiting[] = [];
    for (const run of runs) {
      const found = await waitingIn(run, target, reach);
      if (found !== undefined) waiting.push(found);
    }
    const chosen = waiting.length === 1 ? waiting[0] : only(waiting.filter(({ headSha }) => headSha === news.commit));
    if (chosen === undefined) {
      const count =
        waiting.length === 0 ? 'No run waits' : `${waiting.length} runs wait, none alone of the approval’s commit,`;
      return { state: 'refused', message: `${count} for ${where}.` };
    }
    return chosen.mayApprove ? { waiting: chosen } : { state: 'refused', message: `You are no reviewer of ${where}.` };
  };
  const answer = async ({ run, environment: id }: Waiting, reach: Reach): Promise<Sent> => {
    const body = { environment_ids: [id], state, comment };
    const called = await api.post(`/actions/runs/${run.id}/pending_deployments`, body, reach);
    if (!called.ok) return called;
    if (called.answer.status !== 200) return notAccepted(where, called.answer);
    if (!isJson(called.answer)) return notUnderstood(where, called.answer);
    return { state: 'accepted', message: `The deployment to ${where} was ${state}.`, run };
  };
  const preview = (waiting: Waiting | undefined): RingPreview => ({
    title: `GitHub: ${state === 'approved' ? 'approve' : 'refuse'} the waiting deployment to ${environment} of ${target.repository}`,
    method: 'POST',
    url: `${api.base}/actions/runs/${waiting?.run.id ?? '<the waiting run>'}/pending_deployments`,
    body: JSON.stringify(
      { environment_ids: [waiting?.environment ?? '<its environment>'], state, comment },
      undefined,
      2,
    ),
  });
  return {
    origin: api.origin,
    ...waitingBell({ find, preview, answer }),
    find: (reach) => findReviewed(target, correlation, reach),
    again: 'starts another run',
    status: (run, reach) => runStatus(target, run, reach),
  };
}

function runsIn(called: Called): unknown[] | Called {
  return called.ok && called.answer.status === 200 ? [...listIn(called.answer.json, 'workflow_runs')] : called;
}

async function waitingIn(run: unknown, target: GithubTarget, reach: Reach): Promise<Waiting | undefined> {
  const started = startedRun(run);
  if (started === undefined) return undefined;
  const pending = await github(target).get(`/actions/runs/${started.id}/pending_deployments`, reach);
  if (!pending.ok || !Array.isArray(pending.answer.json)) return undefined;
  for (const each of pending.answer.json) {
    const environment = fieldOf(each, 'environment');
    const id = fieldOf(environment, 'id');
    if (textIn(environment, 'name') !== target.environment || typeof id !== 'number') continue;
    const mayApprove = fieldOf(each, 'current_user_can_approve') !== false;
    return { run: started, headSha: textIn(run, 'head_sha'), environment: id, mayApprove };
  }
  return undefined;
}

/** The run whose review history holds our comment. */
async function findReviewed(
  target: GithubTarget,
  correlation: string,
  reach: Reach,
): Promise<StartedRun | 'absent' | 'no way'> {
  const api = github(target);
  const runs = runsIn(await api.get(`/actions/runs?per_page=${MOST_RUNS}`, reach));
  if (!Array.isArray(runs)) return 'no way';
  for (const run of runs) {
    const id = idIn(run, 'id');
    if (id === undefined) continue;
    const history = await api.get(`/actions/runs/${id}/approvals`, reach);
    if (!history.ok || !Array.isArray(history.answer.json)) return 'no way';
    if (history.answer.json.some((each) => textIn(each, 'comment')?.includes(correlation)))
      return startedRun(run) ?? 'no way';
  }
  return 'absent';
}

function only<Item>(items: readonly Item[]): Item | undefined {
  return items.length === 1 ? items[0] : undefined;
}

/** Reading failed, so whatever it was, nothing was approved. */
function nothingSent(message: string): Sent {
  return { state: 'refused', message };
}
