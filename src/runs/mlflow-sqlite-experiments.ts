import { fail, type Result, succeed } from '../base/result.ts';
import { compareText, textOf } from './sqlite-cells.ts';
import type { SqliteTables } from './sqlite-tables.ts';

export interface StoredExperiment {
  /** The experiment's name; its id where another workspace has an experiment of the same name. */
  readonly label: string;
  readonly workspace: string;
}

/** Experiment id → the experiment, of those that are to be read. */
export type Experiments = ReadonlyMap<string, StoredExperiment>;

/** What MLflow calls the workspace of everything that was made without one, or before there were any. */
export const DEFAULT_WORKSPACE = 'default';

const MOST_NAMED = 10;

/** Experiments that are not deleted; only the one of that name, or else of that id, when one is asked for. */
export function readExperiments(tables: SqliteTables, wanted: string | undefined): Result<Experiments> {
  const rows = tables
    .rows(
      'experiments',
      { experiment_id: 'text', name: 'text', workspace: 'text' },
      `WHERE ${notDeleted(tables, 'experiments')}`,
    )
    .map((row) => ({ id: textOf(row.experiment_id), name: textOf(row.name), workspace: workspaceOf(row.workspace) }));
  const named = rows.filter(({ name }) => name === wanted);
  if (named.length > 1) {
    const ids = named
      .sort((a, b) => compareText(a.id, b.id))
      .slice(0, MOST_NAMED)
      .map(({ id, workspace }) => `${id} (workspace “${workspace}”)`);
    return fail(
      'experiment-ambiguous',
      `“${wanted}” is the name of ${named.length} experiments in the runs’ store; name one by its id: ${ids.join(', ')}.`,
    );
  }
  const names = new Map<string, number>();
  for (const { name } of rows) names.set(name, (names.get(name) ?? 0) + 1);
  const chosen = named.length > 0 ? named : rows.filter(({ id }) => wanted === undefined || id === wanted);
  if (chosen.length === 0 && wanted !== undefined) {
    return fail('experiment-missing', `There is no experiment “${wanted}” in the runs’ store.`);
  }
  return succeed(
    new Map(
      chosen.map(({ id, name, workspace }) => [
        id,
        { label: (names.get(name) ?? 0) > 1 || name === '' ? id : name, workspace },
      ]),
    ),
  );
}

/** Nothing could be deleted before MLflow 0.8; its tables have no column for it. */
export function notDeleted(tables: SqliteTables, table: string): string {
  return tables.has(table, 'lifecycle_stage')
    ? `("lifecycle_stage" IS NULL OR "lifecycle_stage" <> 'deleted')`
    : 'TRUE';
}

export function workspaceOf(cell: Parameters<typeof textOf>[0]): string {
  return textOf(cell) || DEFAULT_WORKSPACE;
}
