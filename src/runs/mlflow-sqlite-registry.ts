import { locateArtifactFolder } from './artifact-location.ts';
import { workspaceOf } from './mlflow-sqlite-experiments.ts';
import type { LoggedModel, RegisteredVersion } from './run.ts';
import { compareText, sortedByKey, textOf } from './sqlite-cells.ts';
import type { SqliteTables } from './sqlite-tables.ts';

/** What of a run its registered versions are found by. */
export interface RegisteredOf {
  readonly run: string;
  readonly models: readonly LoggedModel[];
  /** The workspace of the run's experiment: names of registered models are only unique within one. */
  readonly workspace: string;
  readonly storeFolder: string;
}

/** MLflow keeps the row of a version that was deleted, in this stage. */
const DELETED = 'Deleted_Internal';

const VERSION = {
  name: 'text',
  version: 'text',
  workspace: 'text',
  current_stage: 'text',
  source: 'text',
  storage_location: 'text',
  run_id: 'text',
} as const;

/** Versions of registered models that name this run, or one of the models that it logged, by name, then version. */
export function readRegistered(tables: SqliteTables, of: RegisteredOf): RegisteredVersion[] {
  const sources = of.models.map(({ id }) => `models:/${id}`);
  const places = sources.map(() => '?').join(', ');
  const named = sources.length > 0 && tables.has('model_versions', 'source') ? ` OR "source" IN (${places})` : '';
  return tables
    .rows('model_versions', VERSION, `WHERE "run_id" = ?${named}`, [of.run, ...(named ? sources : [])])
    .filter((row) => textOf(row.current_stage) !== DELETED && workspaceOf(row.workspace) === of.workspace)
    .map((row) => {
      const [name, version] = [textOf(row.name), textOf(row.version)];
      return {
        name,
        version,
        aliases: readAliases(tables, name, version, of.workspace),
        tags: readTags(tables, name, version, of.workspace),
        artifactFolder: folderOf(textOf(row.source), textOf(row.storage_location), of),
      };
    })
    .sort((a, b) => compareText(a.name, b.name) || Number(a.version) - Number(b.version));
}

function readAliases(tables: SqliteTables, name: string, version: string, workspace: string): string[] {
  return tables
    .rows('registered_model_aliases', { alias: 'text', version: 'text', workspace: 'text' }, 'WHERE "name" = ?', [name])
    .filter((row) => textOf(row.version) === version && workspaceOf(row.workspace) === workspace)
    .map((row) => textOf(row.alias))
    .sort(compareText);
}

function readTags(tables: SqliteTables, name: string, version: string, workspace: string): Map<string, string> {
  const rows = tables
    .rows(
      'model_version_tags',
      { key: 'text', value: 'text', version: 'text', workspace: 'text' },
      'WHERE "name" = ?',
      [name],
    )
    .filter((row) => textOf(row.version) === version && workspaceOf(row.workspace) === workspace);
  return sortedByKey(new Map(rows.map((row) => [textOf(row.key), textOf(row.value)])));
}

/** Only what lies below this run's artifacts, or is one of its models, can be the version's files. */
function folderOf(source: string, storage: string, of: RegisteredOf): string | undefined {
  const model = of.models.find(({ id }) => source === `models:/${id}`);
  if (model) return model.artifactFolder;
  const address = storage || source;
  for (const id of [of.run, ...of.models.map((each) => each.id)]) {
    if (address.split(/[\\/]+/).includes(id)) return locateArtifactFolder(address, id, of.storeFolder);
  }
  return undefined;
}
