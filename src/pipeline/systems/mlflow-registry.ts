import type { PipelineTarget } from '../../policy/schema.ts';
import { isGitlab } from '../../runs/gitlab.ts';
import type { Doorbell, Sent } from '../doorbell.ts';
import { fieldOf, listIn, textIn } from '../json.ts';
import type { News } from '../news.ts';
import { type Called, call, isJson, notAccepted, type Reach } from '../reach.ts';

type MlflowTarget = NonNullable<PipelineTarget['mlflow']> & { readonly url: string };

const ALIAS = 'champion';

/**
 * Makes the run's model a version of a registered model where it is none yet, tags the version with what was signed, and
 * moves an alias to it: after a rollback, back to the version of the run rolled back to. After a rejection the version is
 * tagged, and no alias moves. Each step may be repeated: versions are looked for by their run first.
 *
 * What had the alias before is kept in the tag `signoff.previous`. GitLab's registry writes no aliases, and a version there
 * is a run, so the run is tagged; the result says so.
 */
export function mlflowRegistry(target: MlflowTarget, news: News, _correlation: string): Doorbell {
  const name = target.model ?? news.model;
  const alias = target.alias ?? ALIAS;
  const server = target.url.replace(/\/+$/, '');
  const api = registry(server);
  const where = `MLflow’s model ${name}`;
  const send = async (reach: Reach): Promise<Sent> => {
    if (isGitlab({ base: server })) return tagRun(api, news, reach);
    const found = await versionOfRun(api, { name, run: news.run }, reach);
    if (typeof found !== 'string') return asSent(where, found);
    const run = { id: found, url: `${server}/#/models/${encodeURIComponent(name)}/versions/${found}` };
    const previous = news.event === 'on_rejected' ? undefined : await versionAt(api, { name, alias }, reach);
    const left = previous === undefined || previous === found ? {} : { 'signoff.previous': previous };
    for (const [key, value] of Object.entries({ ...tagsOf(news), ...left })) {
      const tagged = await api.post('model-versions/set-tag', { name, version: found, key, value }, reach);
      if (!isDone(tagged)) return asSent(where, tagged);
    }
    if (news.event === 'on_rejected')
      return { state: 'accepted', message: `${where} has version ${found} tagged as rejected.`, run };
    const moved = await api.post('registered-models/alias', { name, alias, version: found }, reach);
    const missing = moved.ok && textIn(moved.answer.json, 'error_code') === 'RESOURCE_DOES_NOT_EXIST';
    if (moved.ok && !missing && [404, 405, 501].includes(moved.answer.status)) {
      const message = `${where} has version ${found} tagged; this registry has no aliases to move.`;
      return { state: 'accepted', message, run };
    }
    if (!isDone(moved)) return asSent(where, moved);
    return { state: 'accepted', message: `${where} has its alias ${alias} at version ${found}.`, run };
  };
  return {
    origin: new URL(server).origin,
    preview: {
      title: `MLflow: move the alias ${alias} of ${name}`,
      method: 'POST',
      url: api.address('registered-models/alias'),
      body: JSON.stringify(
        { name, alias, version: `<the version of run ${news.run}>`, tags: tagsOf(news) },
        undefined,
        2,
      ),
    },
    send,
    find: async () => 'no way',
    again: 'harmless',
  };
}

function tagsOf({ approvals, commit, version, environment, event }: News): Readonly<Record<string, string>> {
  const decision = { on_approved: 'approved', on_rejected: 'rejected', on_rolled_back: 'rolled back' }[event];
  return {
    'signoff.decision': `${decision} for ${environment}`,
    'signoff.approval': approvals.toSorted()[0] ?? '',
    'signoff.commit': commit,
    'signoff.model_id': version,
  };
}

/** GitLab's registry ignores tags of versions. */
async function tagRun(api: Registry, news: News, reach: Reach): Promise<Sent> {
  const where = 'GitLab’s model registry';
  for (const [key, value] of Object.entries(tagsOf(news))) {
    const tagged = await api.post('runs/set-tag', { run_id: news.run, key, value }, reach);
    if (!isDone(tagged)) return asSent(where, tagged);
  }
  return { state: 'accepted', message: `${where} has the run ${news.run} tagged; it has no aliases to move.` };
}

/** The version that an alias names now, where it names one. */
async function versionAt(
  api: Registry,
  { name, alias }: { readonly name: string; readonly alias: string },
  reach: Reach,
): Promise<string | undefined> {
  const called = await api.get('registered-models/alias', { name, alias }, reach);
  return called.ok ? textIn(fieldOf(called.answer.json, 'model_version'), 'version') : undefined;
}

function isDone(called: Called): boolean {
  return called.ok && called.answer.status === 200 && isJson(called.answer);
}

function registry(server: string) {
  const address = (path: string): string => `${server}/api/2.0/mlflow/${path}`;
  return {
    address,
    get: (path: string, query: Readonly<Record<string, string>>, reach: Reach): Promise<Called> =>
      call({ url: `${address(path)}?${new URLSearchParams(query)}` }, reach),
    post: (path: string, json: unknown, reach: Reach): Promise<Called> =>
      call({ url: address(path), method: 'POST', json }, reach),
  };
}

type Registry = ReturnType<typeof registry>;

/** The newest version that was made from the run; it is made where there is none. Else the answer that stood in the way. */
async function versionOfRun(
  api: Registry,
  { name, run }: { readonly name: string; readonly run: string },
  reach: Reach,
): Promise<string | Called> {
  // A filter's text has no escapes, and ids of MLflow's runs are hexadecimal.
  if (!/^[0-9a-zA-Z_-]+$/.test(run))
    return {
      ok: false,
      state: 'refused',
      message: 'The run is not one of MLflow’s, so it has no version in its registry.',
    };
  const listed = await api.get('model-versions/search', { filter: `run_id='${run}'` }, reach);
  if (!listed.ok || listed.answer.status !== 200) return listed;
  const versions = listIn(listed.answer.json, 'model_versions')
    .filter((each) => textIn(each, 'name') === name && textIn(each, 'run_id') === run)
    .flatMap((each) => textIn(each, 'version') ?? [])
    .toSorted((a, b) => Number(b) - Number(a));
  if (versions[0] !== undefined) return versions[0];
  const source = await sourceOf(api, run, reach);
  if (typeof source.source !== 'string') return source.called;
  const created = await api.post('registered-models/create', { name }, reach);
  const exists = created.ok && textIn(created.answer.json, 'error_code') === 'RESOURCE_ALREADY_EXISTS';
  if (!exists && (!created.ok || created.answer.status !== 200)) return created;
  const body = {
    name,
    run_id: run,
    source: source.source,
    ...(source.model === undefined ? {} : { model_id: source.model }),
  };
  const made = await api.post('model-versions/create', body, reach);
  if (!made.ok || made.answer.status !== 200) return made;
  return textIn(fieldOf(made.answer.json, 'model_version'), 'version') ?? made;
}

interface Source {
  readonly source?: string;
  readonly model?: string;
  readonly called: Called;
}

/** Where the run's model lies: MLflow 3 keeps models apart from runs, and older ones among a run's artifacts. */
async function sourceOf(api: Registry, run: string, reach: Reach): Promise<Source> {
  const called = await api.get('runs/get', { run_id: run }, reach);
  if (!called.ok || called.answer.status !== 200) return { called };
  const found = fieldOf(called.answer.json, 'run');
  const output = listIn(fieldOf(found, 'outputs'), 'model_outputs')[0];
  const model = textIn(output, 'model_id');
  if (model !== undefined) {
    const logged = await api.get(`logged-models/${encodeURIComponent(model)}`, {}, reach);
    if (!logged.ok || logged.answer.status !== 200) return { called: logged };
    const source = textIn(fieldOf(fieldOf(logged.answer.json, 'model'), 'info'), 'artifact_uri');
    return source === undefined ? { called: noModel } : { source, model, called: logged };
  }
  const artifacts = textIn(fieldOf(found, 'info'), 'artifact_uri');
  const path = loggedPath(found);
  return artifacts === undefined || path === undefined
    ? { called: noModel }
    : { source: `${artifacts}/${path}`, called };
}

const noModel: Called = { ok: false, state: 'refused', message: 'The run logged no model that could be registered.' };

function loggedPath(run: unknown): string | undefined {
  const tags = listIn(fieldOf(run, 'data'), 'tags');
  const history = textIn(
    tags.find((tag) => textIn(tag, 'key') === 'mlflow.log-model.history'),
    'value',
  );
  try {
    const models: unknown = JSON.parse(history ?? '[]');
    return Array.isArray(models) ? textIn(models[0], 'artifact_path') : undefined;
  } catch {
    return undefined;
  }
}

function asSent(where: string, called: Called): Sent {
  return called.ok ? notAccepted(where, called.answer) : called;
}
