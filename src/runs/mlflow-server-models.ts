import { fail, type Result, succeed } from '../base/result.ts';
import { askMlflow, forEach, isPlainId, type MlflowServer, readPages, searchMlflow } from './mlflow-api.ts';
import {
  compareText,
  field,
  list,
  optionalText,
  pairs,
  type Sent,
  shortened,
  text,
  understood,
} from './mlflow-json.ts';
import { readServerModel, type ServerModel, type ServerRun } from './mlflow-server-rows.ts';
import type { ReadRunsOptions } from './open-runs.ts';
import type { RegisteredVersion } from './run.ts';

const MOST_MODELS = 10_000;

/** Models that the run logged, or names among its outputs, oldest first; none where the server knows no such models. */
export async function readServerModels(
  server: MlflowServer,
  { summary: { id }, experimentId, outputs }: ServerRun,
  options: ReadRunsOptions,
): Promise<Result<ServerModel[]>> {
  if (!isPlainId(id)) return succeed([]);
  const searched = await readPages({
    ask: (page_token) =>
      searchMlflow(
        server,
        'mlflow/logged-models/search',
        { experiment_ids: [experimentId], filter: `source_run_id = '${id}'`, page_token },
        options,
      ),
    items: 'models',
    read: readServerModel,
    mostItems: MOST_MODELS,
    what: 'the logged models',
  });
  if (!searched.ok) return searched;
  const own = (searched.value ?? []).filter(({ sourceRun }) => sourceRun === id);
  const known = new Set(own.map(({ model }) => model.id));
  const named = await forEach(
    [...new Set(outputs)].filter((output) => !known.has(output)),
    (output) => readOutput(server, output, options),
  );
  if (!named.ok) return named;
  const models = new Map(
    [...own, ...named.value.filter((model) => model !== undefined)].map((each) => [each.model.id, each]),
  );
  return succeed([...models.values()].sort((a, b) => a.created - b.created || compareText(a.model.id, b.model.id)));
}

/** Undefined when the model is deleted. */
async function readOutput(
  server: MlflowServer,
  id: string,
  options: ReadRunsOptions,
): Promise<Result<ServerModel | undefined>> {
  const refused = fail<undefined>(
    'run-source-unreadable',
    `The server names a logged model “${shortened(id)}”, and does not give it.`,
  );
  if (!isPlainId(id)) return refused;
  const answer = await askMlflow(server, `mlflow/logged-models/${id}`, {}, options);
  if (!answer.ok) return answer;
  const { value } = answer;
  if (value.kind === 'no such thing') return succeed(undefined);
  if (value.kind === 'no such endpoint') return refused;
  const read = understood(() => readServerModel(field(value.sent, 'model')), `The logged model “${id}”`);
  return read.ok && read.value.model.id !== id ? refused : read;
}

/** A version in the registry, and where its files come from. */
export interface ServerVersion {
  readonly version: Omit<RegisteredVersion, 'artifactFolder'>;
  readonly source: string;
}

/** Versions of registered models that were made of this run, by name, then version; none where there is no registry. */
export async function readServerVersions(
  server: MlflowServer,
  run: string,
  options: ReadRunsOptions,
): Promise<Result<ServerVersion[]>> {
  if (!isPlainId(run)) return succeed([]);
  const searched = await readPages({
    ask: (page_token) =>
      askMlflow(server, 'mlflow/model-versions/search', { filter: `run_id='${run}'`, page_token }, options),
    items: 'model_versions',
    read: readVersion,
    mostItems: MOST_MODELS,
    what: 'the registered versions',
  });
  // GitLab searches versions by their model's name alone, and refuses any other question.
  if (!searched.ok) return searched.problem.code === 'http-rejected' ? succeed([]) : searched;
  const own = (searched.value ?? []).filter((version) => version.run === run);
  const names = [...new Set(own.map(({ name }) => name))].sort(compareText);
  const aliases = await forEach(names, (name) => readAliases(server, name, options));
  if (!aliases.ok) return aliases;
  const aliasesOf = new Map(names.map((name, index) => [name, aliases.value[index] ?? []]));
  return succeed(
    own
      .map(({ name, version, tags, source }) => ({
        version: {
          ...{ name, version, tags },
          aliases: (aliasesOf.get(name) ?? [])
            .filter((alias) => alias.version === version)
            .map(({ alias }) => alias)
            .sort(compareText),
        },
        source,
      }))
      .sort(
        (a, b) => compareText(a.version.name, b.version.name) || compareVersions(a.version.version, b.version.version),
      ),
  );
}

function readVersion(sent: Sent) {
  return {
    name: text(field(sent, 'name')),
    version: text(field(sent, 'version')),
    run: optionalText(field(sent, 'run_id')),
    source: optionalText(field(sent, 'source')) ?? '',
    tags: pairs(field(sent, 'tags')),
  };
}

/** A search names no aliases: they are the registered model's. */
async function readAliases(server: MlflowServer, name: string, options: ReadRunsOptions) {
  const answer = await askMlflow(server, 'mlflow/registered-models/get', { name }, options);
  if (!answer.ok) return answer;
  const { value } = answer;
  if (value.kind !== 'found') return succeed([]);
  return understood(
    () =>
      list(field(field(value.sent, 'registered_model'), 'aliases')).map((alias) => ({
        alias: text(field(alias, 'alias')),
        version: text(field(alias, 'version')),
      })),
    `The registered model “${shortened(name)}”`,
  );
}

/** Versions are numbers nearly everywhere, so 10 comes after 9. */
function compareVersions(a: string, b: string): number {
  return Number(a) - Number(b) || compareText(a, b);
}
