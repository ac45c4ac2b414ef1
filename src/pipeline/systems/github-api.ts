import type { PipelineTarget } from '../../policy/schema.ts';
import type { RunStatus, StartedRun } from '../doorbell.ts';
import { idIn, linkIn, listIn, textIn } from '../json.ts';
import { type Answer, type Called, call, type Reach } from '../reach.ts';

export type GithubTarget = NonNullable<PipelineTarget['github']>;

const API = 'https://api.github.com';
const VERSION = '2022-11-28';
const MOST_RUNS = 50;

/** Calls GitHub's REST interface, of github.com or of an Enterprise server (`https://<host>/api/v3`). */
export function github(target: GithubTarget) {
  const base = `${(target.url ?? API).replace(/\/+$/, '')}/repos/${target.repository}`;
  const headers = { accept: 'application/vnd.github+json', 'x-github-api-version': VERSION };
  return {
    base,
    origin: new URL(base).origin,
    get: (path: string, reach: Reach): Promise<Called> => call({ url: `${base}${path}`, headers }, reach),
    post: (path: string, json: unknown, reach: Reach): Promise<Called> =>
      call({ url: `${base}${path}`, method: 'POST', headers, json }, reach),
  };
}

/**
 * The run whose title holds the correlation id, among those of an event since then. Without such a run: `absent` where
 * there is none at all, `no way` where there are others, since a workflow need not show the id in its `run-name`.
 */
export async function findRun(
  target: GithubTarget,
  wanted: { readonly event: string; readonly correlation: string; readonly since: Date },
  reach: Reach,
): Promise<StartedRun | 'absent' | 'no way'> {
  const created = encodeURIComponent(`>=${wanted.since.toISOString().slice(0, 19)}Z`);
  const path = `/actions/runs?event=${wanted.event}&created=${created}&per_page=${MOST_RUNS}`;
  const called = await github(target).get(path, reach);
  if (!called.ok || called.answer.status !== 200) return 'no way';
  const runs = listIn(called.answer.json, 'workflow_runs');
  const found = runs.find((run) => textIn(run, 'display_title')?.includes(wanted.correlation));
  if (found !== undefined) return startedRun(found) ?? 'no way';
  return runs.length === 0 ? 'absent' : 'no way';
}

export function startedRun(run: unknown): StartedRun | undefined {
  const id = idIn(run, 'id') ?? idIn(run, 'workflow_run_id');
  const url = linkIn(run, 'html_url');
  return id === undefined ? undefined : { id, ...(url === undefined ? {} : { url }) };
}

export async function runStatus(target: GithubTarget, run: StartedRun, reach: Reach): Promise<RunStatus> {
  const called = await github(target).get(`/actions/runs/${encodeURIComponent(run.id)}`, reach);
  if (!called.ok || called.answer.status !== 200) return { state: 'unknown' };
  const url = linkIn(called.answer.json, 'html_url');
  return { state: stateOf(called.answer), ...(url === undefined ? {} : { url }) };
}

/** `status` and `conclusion` of a workflow run, as GitHub's description of its interface lists them. */
function stateOf({ json }: Answer): RunStatus['state'] {
  const status = textIn(json, 'status');
  if (status === 'waiting') return 'waiting';
  if (status !== 'completed') return 'running';
  const conclusion = textIn(json, 'conclusion');
  if (conclusion === 'success') return 'succeeded';
  return conclusion === 'cancelled' || conclusion === 'skipped' ? 'cancelled' : 'failed';
}
