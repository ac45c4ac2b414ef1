import type { PipelineTarget } from '../../policy/schema.ts';
import type { RunState, RunStatus, StartedRun } from '../doorbell.ts';
import { idIn, linkIn, textIn } from '../json.ts';
import { type Call, type Called, call, type Reach } from '../reach.ts';

export type GitlabTarget = NonNullable<PipelineTarget['gitlab']>;

const SERVER = 'https://gitlab.com';

/** GitLab's statuses of pipelines and jobs (its `Ci::HasStatus`); any other is running. */
const STATES: ReadonlyMap<string, RunState> = new Map<string, RunState>([
  ['success', 'succeeded'],
  ['failed', 'failed'],
  ['canceled', 'cancelled'],
  ['skipped', 'cancelled'],
  ['manual', 'waiting'],
  ['scheduled', 'waiting'],
]);

/** Calls GitLab's REST interface, version 4, about the target's project. */
export function gitlab(target: GitlabTarget) {
  const server = (target.url ?? SERVER).replace(/\/+$/, '');
  const base = `${server}/api/v4/projects/${encodeURIComponent(target.project)}`;
  return {
    base,
    origin: new URL(base).origin,
    get: (path: string, reach: Reach): Promise<Called> => call({ url: `${base}${path}` }, reach),
    post: (path: string, wanted: Omit<Call, 'url' | 'method'>, reach: Reach): Promise<Called> =>
      call({ url: `${base}${path}`, method: 'POST', ...wanted }, reach),
  };
}

/** What was started, of an answer that describes a pipeline. */
export function startedPipeline(pipeline: unknown): StartedRun | undefined {
  const id = idIn(pipeline, 'id');
  const url = linkIn(pipeline, 'web_url');
  return id === undefined ? undefined : { id, ...(url === undefined ? {} : { url }) };
}

export async function pipelineStatus(target: GitlabTarget, run: StartedRun, reach: Reach): Promise<RunStatus> {
  const called = await gitlab(target).get(`/pipelines/${encodeURIComponent(run.id)}`, reach);
  if (!called.ok || called.answer.status !== 200) return { state: 'unknown' };
  const url = linkIn(called.answer.json, 'web_url');
  const state = STATES.get(textIn(called.answer.json, 'status') ?? '') ?? 'running';
  return { state, ...(url === undefined ? {} : { url }) };
}
