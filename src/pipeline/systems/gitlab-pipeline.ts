import type { Doorbell, StartedRun } from '../doorbell.ts';
import { textIn } from '../json.ts';
import { asVariables, type News, parametersOf } from '../news.ts';
import { type Called, call, notAccepted, notUnderstood, type Reach } from '../reach.ts';
import { type GitlabTarget, gitlab, pipelineStatus, startedPipeline } from './gitlab-api.ts';

const MOST_PIPELINES = 50;

/**
 * Starts a pipeline, by the person's token (`POST /projects/:id/pipeline`, with typed inputs or with variables) or by a
 * trigger token, which then is the only proof and travels in the body.
 */
export function gitlabPipeline(target: GitlabTarget, news: News, correlation: string): Doorbell {
  const api = gitlab(target);
  const ref = target.ref ?? 'main';
  const parameters = parametersOf(news, correlation);
  const variables = asVariables(parameters);
  const byToken = target.trigger_token === true;
  const where = `GitLab’s project ${target.project}`;
  const path = byToken ? '/trigger/pipeline' : '/pipeline';
  const listed = Object.entries(variables).map(([key, value]) => ({ key, value }));
  const body = byToken
    ? { ref, variables }
    : target.pass === 'variables'
      ? { ref, variables: listed }
      : { ref, inputs: parameters };
  const start = async (reach: Reach): Promise<Called> => {
    if (!byToken) return api.post(path, { json: body }, reach);
    const credential = await reach.credentialFor(api.origin);
    if (credential?.kind !== 'bearer') {
      return { ok: false, state: 'refused', message: `There is no trigger token for ${api.origin}: store one first.` };
    }
    return api.post(path, { json: { ...body, token: credential.token }, holds: credential }, reach);
  };
  return {
    origin: api.origin,
    preview: {
      title: `GitLab: start a pipeline of ${target.project} at ${ref}`,
      method: 'POST',
      url: `${api.base}${path}`,
      body: JSON.stringify(byToken ? { ...body, token: '<the trigger token>' } : body, undefined, 2),
    },
    send: async (reach) => {
      const called = await start(reach);
      if (!called.ok) return called;
      if (called.answer.status !== 201) return notAccepted(where, called.answer);
      const run = startedPipeline(called.answer.json);
      if (run === undefined) return notUnderstood(where, called.answer);
      // A name is a help, not the thing itself: a trigger token can't give one, nor can GitLab before 16.0.
      const name = { name: `sign-off ${news.model} ${news.environment} ${correlation}` };
      if (!byToken) await call({ url: `${api.base}/pipelines/${run.id}/metadata`, method: 'PUT', json: name }, reach);
      return { state: 'accepted', message: `${where} started a pipeline.`, run };
    },
    find: (reach, since) => findPipeline(target, { correlation, since, source: byToken ? 'trigger' : 'api' }, reach),
    findsByName: true,
    again: 'starts another run',
    status: (run, reach) => pipelineStatus(target, run, reach),
  };
}

/** A pipeline shows the correlation id in its name, which we give it, or its `workflow: name` does; without any pipeline since then there is none. */
async function findPipeline(
  target: GitlabTarget,
  { correlation, since, source }: { readonly correlation: string; readonly since: Date; readonly source: string },
  reach: Reach,
): Promise<StartedRun | 'absent' | 'no way'> {
  const after = encodeURIComponent(since.toISOString());
  const query = `?source=${source}&updated_after=${after}&order_by=id&sort=desc&per_page=${MOST_PIPELINES}`;
  const called = await gitlab(target).get(`/pipelines${query}`, reach);
  if (!called.ok || called.answer.status !== 200 || !Array.isArray(called.answer.json)) return 'no way';
  const pipelines: readonly unknown[] = called.answer.json;
  const found = pipelines.find((each) => textIn(each, 'name')?.includes(correlation));
  if (found !== undefined) return startedPipeline(found) ?? 'no way';
  return pipelines.length === 0 ? 'absent' : 'no way';
}
