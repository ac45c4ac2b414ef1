import type { Doorbell, Sent, StartedRun } from '../doorbell.ts';
import { fieldOf, idIn, textIn } from '../json.ts';
import { asVariables, type News, parametersOf } from '../news.ts';
import { isJson, notAccepted, type Reach } from '../reach.ts';
import { type GitlabTarget, gitlab, pipelineStatus, startedPipeline } from './gitlab-api.ts';

const MOST_PIPELINES = 20;

interface Job {
  readonly id: string;
  readonly status: string;
  readonly startedAt: string | undefined;
  readonly pipeline: StartedRun;
  readonly sha: string | undefined;
}

/**
 * Plays a manual job that waits in a pipeline of the branch, and before that approves its deployment where the
 * environment is protected (GitLab Premium): the job does not start by the approval alone. Of several waiting jobs it is
 * the one of the approvals' commit, else the newest.
 */
export function gitlabJob(target: GitlabTarget, news: News, correlation: string): Doorbell {
  const api = gitlab(target);
  const name = target.job ?? '';
  const where = `GitLab’s job ${name} of ${target.project}`;
  const variables = Object.entries(asVariables(parametersOf(news, correlation)));
  const body = { job_variables_attributes: variables.map(([key, value]) => ({ key, value })) };
  const send = async (reach: Reach): Promise<Sent> => {
    const jobs = await jobsNamed(name, target, reach);
    if (!Array.isArray(jobs)) return jobs;
    const waiting = jobs.filter(({ status }) => status === 'manual');
    const job = waiting.find(({ sha }) => sha === news.commit) ?? waiting[0];
    if (job === undefined) return { state: 'refused', message: `No job ${name} waits in ${target.project}.` };
    if (target.environment !== undefined) {
      const reviewed = await review(target, job, { news, correlation }, reach);
      if (reviewed !== undefined) return reviewed;
      if (news.event === 'on_rejected')
        return { state: 'accepted', message: `The deployment by ${where} was rejected.`, run: job.pipeline };
    }
    const called = await api.post(`/jobs/${job.id}/play`, { json: body }, reach);
    if (!called.ok) return called;
    const { answer } = called;
    if (answer.status === 400 && /unplayable/i.test(answer.text))
      return { state: 'already', message: `${where} was played already.`, run: job.pipeline };
    if (answer.status !== 200 || !isJson(answer)) return notAccepted(where, answer);
    return { state: 'accepted', message: `${where} was played.`, run: job.pipeline };
  };
  return {
    origin: api.origin,
    preview: {
      title: `GitLab: play the waiting job ${name} of ${target.project}`,
      method: 'POST',
      url: `${api.base}/jobs/<the waiting job>/play`,
      body: JSON.stringify(body, undefined, 2),
    },
    send,
    find: async (reach, since) => {
      const jobs = await jobsNamed(name, target, reach);
      if (!Array.isArray(jobs)) return 'no way';
      const played = jobs.filter(
        ({ startedAt }) => startedAt !== undefined && Date.parse(startedAt) >= since.getTime(),
      );
      if (played.length > 0) return played.length === 1 && played[0] !== undefined ? played[0].pipeline : 'no way';
      return jobs.every(({ status }) => status === 'manual' || status === 'success') ? 'absent' : 'no way';
    },
    again: 'starts another run',
    status: (run, reach) => pipelineStatus(target, run, reach),
  };
}

/** The jobs of that name in the newest pipelines of the branch, newest first; or why they can't be read. */
async function jobsNamed(name: string, target: GitlabTarget, reach: Reach): Promise<Job[] | Sent> {
  const api = gitlab(target);
  const where = `GitLab’s project ${target.project}`;
  const ref = encodeURIComponent(target.ref ?? 'main');
  const listed = await api.get(`/pipelines?ref=${ref}&order_by=id&sort=desc&per_page=${MOST_PIPELINES}`, reach);
  if (!listed.ok) return { state: 'refused', message: listed.message };
  if (listed.answer.status !== 200 || !Array.isArray(listed.answer.json)) return readingFailed(where, listed.answer);
  const found: Job[] = [];
  for (const each of listed.answer.json) {
    const pipeline = startedPipeline(each);
    if (pipeline === undefined) continue;
    const jobs = await api.get(`/pipelines/${pipeline.id}/jobs?per_page=100`, reach);
    if (!jobs.ok) return { state: 'refused', message: jobs.message };
    if (jobs.answer.status !== 200 || !Array.isArray(jobs.answer.json)) return readingFailed(where, jobs.answer);
    for (const job of jobs.answer.json) {
      const id = idIn(job, 'id');
      if (textIn(job, 'name') !== name || id === undefined) continue;
      const [status = '', startedAt, sha] = [textIn(job, 'status'), textIn(job, 'started_at'), textIn(each, 'sha')];
      found.push({ id, status, startedAt, pipeline, sha });
    }
  }
  return found;
}

/** Approves or rejects the deployment that the job would make; undefined when that is done, or nothing is blocked. */
async function review(
  target: GitlabTarget,
  job: Job,
  { news, correlation }: { readonly news: News; readonly correlation: string },
  reach: Reach,
): Promise<Sent | undefined> {
  const api = gitlab(target);
  const where = `GitLab’s environment ${target.environment} of ${target.project}`;
  const environment = encodeURIComponent(target.environment ?? '');
  const listed = await api.get(`/deployments?environment=${environment}&status=blocked&order_by=id&sort=desc`, reach);
  if (!listed.ok) return { state: 'refused', message: listed.message };
  if (listed.answer.status !== 200 || !Array.isArray(listed.answer.json)) return readingFailed(where, listed.answer);
  const own = listed.answer.json.find((each) => idIn(fieldOf(each, 'deployable'), 'id') === job.id);
  const id = idIn(own, 'id');
  if (id === undefined) return undefined;
  const status = news.event === 'on_rejected' ? 'rejected' : 'approved';
  const comment = `Model Signoff ${news.approvals.toSorted()[0] ?? ''} at ${news.commit} (${correlation})`;
  const called = await api.post(`/deployments/${id}/approval`, { json: { status, comment } }, reach);
  if (!called.ok) return called;
  const { answer } = called;
  const done = (answer.status === 200 || answer.status === 201) && isJson(answer);
  return done ? undefined : notAccepted(where, answer);
}

/** A reading that failed has changed nothing, whatever the server answered. */
function readingFailed(where: string, answer: Parameters<typeof notAccepted>[1]): Sent {
  return { ...notAccepted(where, answer), state: 'refused' };
}
