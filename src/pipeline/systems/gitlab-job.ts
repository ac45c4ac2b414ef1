import type { Doorbell, RingPreview, Sent, StartedRun } from '../doorbell.ts';
import { fieldOf, idIn, textIn } from '../json.ts';
import { asVariables, type News, parametersOf } from '../news.ts';
import { isJson, notAccepted, type Reach } from '../reach.ts';
import { waitingBell } from '../waiting.ts';
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
  const review = reviewOf(target, news, correlation);
  const find = async (reach: Reach): Promise<{ readonly waiting: Waiting } | Sent> => {
    const jobs = await jobsNamed(name, target, reach);
    if (!Array.isArray(jobs)) return jobs;
    const waiting = jobs.filter(({ status }) => status === 'manual');
    const job = waiting.find(({ sha }) => sha === news.commit) ?? waiting[0];
    if (job === undefined) return { state: 'refused', message: `No job ${name} waits in ${target.project}.` };
    const blocked = review === undefined ? undefined : await blockedDeployment(review, job, reach);
    if (typeof blocked === 'object') return blocked;
    if (review?.rejects === true && blocked === undefined)
      return { state: 'refused', message: `No deployment by ${where} is blocked, so there is none to reject.` };
    return { waiting: { job, blocked } };
  };
  const answerIt = async ({ job, blocked }: Waiting, reach: Reach): Promise<Sent> => {
    if (review !== undefined && blocked !== undefined) {
      const called = await api.post(`/deployments/${blocked}/approval`, { json: review.body }, reach);
      if (!called.ok) return called;
      const { answer } = called;
      if ((answer.status !== 200 && answer.status !== 201) || !isJson(answer)) return notAccepted(review.where, answer);
      if (review.rejects)
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
  const preview = (waiting: Waiting | undefined): RingPreview => {
    const approval = `${api.base}/deployments/${waiting?.blocked ?? '<the blocked deployment>'}/approval`;
    if (review?.rejects === true) {
      return {
        title: `GitLab: reject the blocked deployment by ${name} of ${target.project}`,
        ...{ method: 'POST', url: approval, body: JSON.stringify(review.body, undefined, 2) },
      };
    }
    const isReviewed = review !== undefined && (waiting === undefined || waiting.blocked !== undefined);
    const note = `Before that its deployment to ${target.environment}, where it is blocked, is approved: POST ${approval}`;
    return {
      ...{ title: `GitLab: play the waiting job ${name} of ${target.project}`, method: 'POST' },
      url: `${api.base}/jobs/${waiting?.job.id ?? '<the waiting job>'}/play`,
      body: JSON.stringify(body, undefined, 2),
      ...(isReviewed ? { note } : {}),
    };
  };
  return {
    origin: api.origin,
    ...waitingBell({ find, preview, answer: answerIt }),
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

interface Waiting {
  readonly job: Job;
  /** Id of the deployment that GitLab holds back until somebody approves it. */
  readonly blocked: string | undefined;
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

/** How the deployment that a job would make is approved or rejected, where its environment is protected. */
interface Review {
  readonly target: GitlabTarget;
  readonly where: string;
  readonly rejects: boolean;
  readonly body: { readonly status: 'approved' | 'rejected'; readonly comment: string };
}

function reviewOf(target: GitlabTarget, news: News, correlation: string): Review | undefined {
  if (target.environment === undefined) return undefined;
  const rejects = news.event === 'on_rejected';
  const comment = `Model Signoff ${news.approvals.toSorted()[0] ?? ''} at ${news.commit} (${correlation})`;
  const where = `GitLab’s environment ${target.environment} of ${target.project}`;
  return { target, where, rejects, body: { status: rejects ? 'rejected' : 'approved', comment } };
}

/** The id of the blocked deployment that the job would make; undefined where none is blocked, or why that can't be read. */
async function blockedDeployment(
  { target, where }: Review,
  job: Job,
  reach: Reach,
): Promise<string | undefined | Sent> {
  const environment = encodeURIComponent(target.environment ?? '');
  const listed = await gitlab(target).get(
    `/deployments?environment=${environment}&status=blocked&order_by=id&sort=desc`,
    reach,
  );
  if (!listed.ok) return { state: 'refused', message: listed.message };
  if (listed.answer.status !== 200 || !Array.isArray(listed.answer.json)) return readingFailed(where, listed.answer);
  const own = listed.answer.json.find((each) => idIn(fieldOf(each, 'deployable'), 'id') === job.id);
  return idIn(own, 'id');
}

/** A reading that failed has changed nothing, whatever the server answered. */
function readingFailed(where: string, answer: Parameters<typeof notAccepted>[1]): Sent {
  return { ...notAccepted(where, answer), state: 'refused' };
}
