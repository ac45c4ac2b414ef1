import type { PipelineTarget } from '../../policy/schema.ts';
import type { Doorbell, RunState, Sent, StartedRun } from '../doorbell.ts';
import { fieldOf, textIn } from '../json.ts';
import { type News, parametersOf } from '../news.ts';
import { call, isJson, notAccepted, type Reach } from '../reach.ts';

type ArgoTarget = NonNullable<PipelineTarget['argo']>;

/** `status.phase` of a workflow; any other is running. */
const STATES: ReadonlyMap<string, RunState> = new Map<string, RunState>([
  ['Succeeded', 'succeeded'],
  ['Failed', 'failed'],
  ['Error', 'failed'],
  ['Pending', 'waiting'],
]);

/** Submits a WorkflowTemplate, or resumes (after a rejection stops) a workflow that is suspended. */
export function argo(target: ArgoTarget, news: News, correlation: string): Doorbell {
  return target.template === undefined ? resume(target, news) : submit(target, news, correlation);
}

/** The workflow gets a name of our own, so that Argo itself refuses a second one (409). */
function submit(target: ArgoTarget, news: News, correlation: string): Doorbell {
  const name = `signoff-${correlation}`;
  const parameters = Object.entries(parametersOf(news, correlation)).map(([key, value]) => `${key}=${value}`);
  const body = {
    namespace: target.namespace,
    resourceKind: 'WorkflowTemplate',
    resourceName: target.template,
    submitOptions: { name, parameters },
  };
  const url = `${workflows(target)}/submit`;
  const where = `Argo’s template ${target.template} of ${target.namespace}`;
  const run = shown(target, name);
  return {
    ...common(target),
    preview: {
      title: `Argo: submit ${target.template} of ${target.namespace}`,
      method: 'POST',
      url,
      body: pretty(body),
    },
    send: async (reach) => {
      const called = await call({ url, method: 'POST', json: body }, reach);
      if (!called.ok) return called;
      const { answer } = called;
      if (answer.status === 200 && isJson(answer))
        return { state: 'accepted', message: `${where} was submitted as ${name}.`, run };
      if (answer.status === 409 || /already exists/i.test(answer.text))
        return { state: 'already', message: `${where} was submitted as ${name} already.`, run };
      return notAccepted(where, answer);
    },
    find: async (reach) => {
      const called = await call({ url: `${workflows(target)}/${name}?fields=metadata.name` }, reach);
      if (!called.ok) return 'no way';
      if (called.answer.status === 200) return run;
      return called.answer.status === 404 ? 'absent' : 'no way';
    },
    again: 'harmless',
  };
}

function resume(target: ArgoTarget, news: News): Doorbell {
  const workflow = target.workflow ?? '';
  const verb = news.event === 'on_rejected' ? 'stop' : 'resume';
  const message = `Model Signoff ${news.approvals.toSorted()[0] ?? ''} at ${news.commit}`;
  const selector = target.node === undefined ? {} : { nodeFieldSelector: `displayName=${target.node}` };
  const body = { namespace: target.namespace, name: workflow, ...selector, ...(verb === 'stop' ? { message } : {}) };
  const url = `${workflows(target)}/${encodeURIComponent(workflow)}/${verb}`;
  const where = `Argo’s workflow ${workflow} of ${target.namespace}`;
  const run = shown(target, workflow);
  return {
    ...common(target),
    preview: { title: `Argo: ${verb} ${workflow} of ${target.namespace}`, method: 'PUT', url, body: pretty(body) },
    send: async (reach): Promise<Sent> => {
      const called = await call({ url, method: 'PUT', json: body }, reach);
      if (!called.ok) return called;
      if (called.answer.status !== 200 || !isJson(called.answer)) return notAccepted(where, called.answer);
      return { state: 'accepted', message: `${where} was told to ${verb}.`, run };
    },
    find: async () => 'no way',
    // What is not suspended any more is not resumed again.
    again: 'harmless',
  };
}

function common(target: ArgoTarget) {
  const status = async (run: StartedRun, reach: Reach) => {
    const place = `${workflows(target)}/${encodeURIComponent(run.id)}`;
    const called = await call({ url: `${place}?fields=status.phase` }, reach);
    if (!called.ok || called.answer.status !== 200) return { state: 'unknown' as const };
    return { state: STATES.get(textIn(fieldOf(called.answer.json, 'status'), 'phase') ?? '') ?? ('running' as const) };
  };
  return { origin: new URL(target.url).origin, status };
}

function workflows(target: ArgoTarget): string {
  return `${target.url.replace(/\/+$/, '')}/api/v1/workflows/${encodeURIComponent(target.namespace)}`;
}

function shown(target: ArgoTarget, name: string): StartedRun {
  const place = `${encodeURIComponent(target.namespace)}/${encodeURIComponent(name)}`;
  return { id: name, url: `${target.url.replace(/\/+$/, '')}/workflows/${place}` };
}

function pretty(body: unknown): string {
  return JSON.stringify(body, undefined, 2);
}
