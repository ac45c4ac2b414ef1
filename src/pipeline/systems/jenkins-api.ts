import type { PipelineTarget } from '../../policy/schema.ts';
import type { RunStatus, StartedRun } from '../doorbell.ts';
import { fieldOf, listIn, textIn } from '../json.ts';
import { type Call, type Called, call, type Reach } from '../reach.ts';

export type JenkinsTarget = NonNullable<PipelineTarget['jenkins']>;

/** The job's own page, without a slash at its end. */
export function jobPage({ job }: JenkinsTarget): string {
  return job.replace(/\/+$/, '');
}

export function jobName(target: JenkinsTarget): string {
  return decodeURIComponent(
    jobPage(target)
      .replace(/^.*?\/job\//, '')
      .replaceAll('/job/', '/'),
  );
}

/**
 * Posts to Jenkins. API tokens need no crumb (its `ApiCrumbExclusion`); where a password is used Jenkins answers 403
 * “No valid crumb”, and is asked for one, which holds for the session of its cookie only.
 */
export async function post(target: JenkinsTarget, wanted: Pick<Call, 'url' | 'form'>, reach: Reach): Promise<Called> {
  const first = await call({ ...wanted, method: 'POST' }, reach);
  if (!first.ok || first.answer.status !== 403 || !/crumb/i.test(first.answer.text)) return first;
  const [root] = jobPage(target).split('/job/');
  const issued = await call({ url: `${root}/crumbIssuer/api/json` }, reach);
  if (!issued.ok || issued.answer.status !== 200) return first;
  const [field, crumb] = [textIn(issued.answer.json, 'crumbRequestField'), textIn(issued.answer.json, 'crumb')];
  if (field === undefined || crumb === undefined || !/^[A-Za-z0-9-]+$/.test(field)) return first;
  const cookie = issued.answer.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  const headers = { [field]: crumb, ...(cookie === '' ? {} : { cookie }) };
  return call({ ...wanted, method: 'POST', headers }, reach);
}

/** What waits in Jenkins' queue, by the item's number: it has no page of its own yet. */
export function queuedRun(target: JenkinsTarget, item: string): StartedRun {
  return { id: `queue:${item}`, url: `${jobPage(target)}/` };
}

/** What a queued item became. Jenkins forgets it five minutes after it left; then the builds are searched for its number. */
async function queueStatus(target: JenkinsTarget, item: string, reach: Reach): Promise<RunStatus> {
  const [root] = jobPage(target).split('/job/');
  const called = await call({ url: `${root}/queue/item/${item}/api/json?tree=cancelled,executable[number]` }, reach);
  if (!called.ok) return { state: 'unknown' };
  if (called.answer.status === 200) {
    const build = buildPage(target, fieldOf(fieldOf(called.answer.json, 'executable'), 'number'));
    if (build !== undefined) return buildStatus(target, { id: build }, reach);
    return { state: fieldOf(called.answer.json, 'cancelled') === true ? 'cancelled' : 'waiting' };
  }
  const builds = await call({ url: `${jobPage(target)}/api/json?tree=builds[number,queueId]{0,100}` }, reach);
  if (!builds.ok) return { state: 'unknown' };
  const own = listIn(builds.answer.json, 'builds').find((each) => fieldOf(each, 'queueId') === Number(item));
  const build = buildPage(target, fieldOf(own, 'number'));
  return build === undefined ? { state: 'unknown' } : buildStatus(target, { id: build }, reach);
}

/** Of a build, named by its own page, or of an item of the queue. Others than the job's own pages are never asked. */
export async function buildStatus(target: JenkinsTarget, run: StartedRun, reach: Reach): Promise<RunStatus> {
  const item = /^queue:(\d+)$/.exec(run.id)?.[1];
  if (item !== undefined) return queueStatus(target, item, reach);
  if (!isOwnPage(target, run.id)) return { state: 'unknown' };
  const called = await call({ url: `${run.id}/api/json?tree=building,result` }, reach);
  if (!called.ok || called.answer.status !== 200) return { state: 'unknown' };
  const url = run.id;
  if (fieldOf(called.answer.json, 'building') !== false) return { state: 'running', url };
  const result = textIn(called.answer.json, 'result');
  if (result === 'SUCCESS') return { state: 'succeeded', url };
  return { state: result === 'ABORTED' || result === 'NOT_BUILT' ? 'cancelled' : 'failed', url };
}

/**
 * The page of a build by its number. Jenkins names its pages by the address that it was set up with, which need not be
 * the one in the policy; so addresses in its answers are not called.
 */
export function buildPage(target: JenkinsTarget, number: unknown): string | undefined {
  return Number.isSafeInteger(number) ? `${jobPage(target)}/${String(number)}` : undefined;
}

function isOwnPage(target: JenkinsTarget, page: string): boolean {
  return page.startsWith(`${jobPage(target)}/`);
}
