import type { PipelineTarget } from '../../policy/schema.ts';
import type { Doorbell, RunState, StartedRun } from '../doorbell.ts';
import { idIn, listIn, textIn } from '../json.ts';
import { type News, parametersOf } from '../news.ts';
import { call, notAccepted, notUnderstood, type Reach } from '../reach.ts';

type KubeflowTarget = NonNullable<PipelineTarget['kubeflow']>;

/** `v2beta1RuntimeState`; any other is running. */
const STATES: ReadonlyMap<string, RunState> = new Map<string, RunState>([
  ['SUCCEEDED', 'succeeded'],
  ['FAILED', 'failed'],
  ['CANCELED', 'cancelled'],
  ['SKIPPED', 'cancelled'],
  ['PENDING', 'waiting'],
  ['PAUSED', 'waiting'],
]);

/** Creates a run of a pipeline (v2beta1). Names of runs are not unique there, so ours is looked for by its name. */
export function kubeflow(target: KubeflowTarget, news: News, correlation: string): Doorbell {
  const server = target.url.replace(/\/+$/, '');
  const runs = `${server}/apis/v2beta1/runs`;
  const body = {
    display_name: `sign-off ${correlation}`,
    ...(target.experiment === undefined ? {} : { experiment_id: target.experiment }),
    pipeline_version_reference: {
      pipeline_id: target.pipeline,
      ...(target.version === undefined ? {} : { pipeline_version_id: target.version }),
    },
    runtime_config: { parameters: parametersOf(news, correlation) },
  };
  const where = `Kubeflow’s pipeline ${target.pipeline}`;
  const shown = (id: string): StartedRun => ({ id, url: `${server}/#/runs/details/${encodeURIComponent(id)}` });
  const find = async (reach: Reach): Promise<StartedRun | 'absent' | 'no way'> => {
    const predicate = { key: 'display_name', operation: 'EQUALS', string_value: body.display_name };
    const query = new URLSearchParams({ filter: JSON.stringify({ predicates: [predicate] }) });
    if (target.namespace !== undefined) query.set('namespace', target.namespace);
    const called = await call({ url: `${runs}?${query}` }, reach);
    if (!called.ok || called.answer.status !== 200) return 'no way';
    // Whether the server knows the filter or not: only the very name counts.
    const listed = listIn(called.answer.json, 'runs');
    const own = listed.find((run) => textIn(run, 'display_name') === body.display_name);
    const id = idIn(own, 'run_id');
    if (id !== undefined) return shown(id);
    return listed.length === 0 ? 'absent' : 'no way';
  };
  return {
    origin: new URL(server).origin,
    preview: {
      title: `Kubeflow: run the pipeline ${target.pipeline}`,
      method: 'POST',
      url: runs,
      body: JSON.stringify(body, undefined, 2),
    },
    send: async (reach) => {
      const called = await call({ url: runs, method: 'POST', json: body }, reach);
      if (!called.ok) return called;
      if (called.answer.status !== 200) return notAccepted(where, called.answer);
      const id = idIn(called.answer.json, 'run_id');
      if (id === undefined) return notUnderstood(where, called.answer);
      return { state: 'accepted', message: `${where} runs.`, run: shown(id) };
    },
    find,
    findsByName: true,
    again: 'starts another run',
    status: async (run, reach) => {
      const called = await call({ url: `${runs}/${encodeURIComponent(run.id)}` }, reach);
      if (!called.ok || called.answer.status !== 200) return { state: 'unknown' };
      return { state: STATES.get(textIn(called.answer.json, 'state') ?? '') ?? 'running' };
    },
  };
}
