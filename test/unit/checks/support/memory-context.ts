import { fail, type Result, succeed } from '../../../../src/base/result.ts';
import type { BaselineModel, CheckContext } from '../../../../src/checks/check-context.ts';
import type { DatasetTables } from '../../../../src/checks/dataset-tables.ts';
import { columnKey, datasetRows } from '../../../../src/checks/rows/dataset-rows.ts';
import type { Column } from '../../../../src/evidence/column-buffers.ts';
import type { Task } from '../../../../src/policy/metric-names.ts';
import type { Dataset, Policy } from '../../../../src/policy/schema.ts';
import type { Run } from '../../../../src/runs/run.ts';

export type Cell = number | string | null;

/** Columns by name, all of one length. */
export type MemoryTable = Readonly<Record<string, readonly Cell[]>>;

/** What checks see of tables that were never written: as a reader would give them. */
export function memoryContext(
  task: Task,
  datasets: Readonly<Record<string, { readonly dataset: Dataset; readonly table: MemoryTable }>>,
  others?: Readonly<Record<string, MemoryTable>>,
): CheckContext {
  const policy: Policy = {
    ...{ version: 1, project: 'p', model: 'm', task, run: { mlflow: 'mlruns' } },
    datasets: Object.fromEntries(Object.entries(datasets).map(([name, { dataset }]) => [name, dataset])),
    ...{ checks: {}, signoff: { roles: {}, environments: {} } },
  };
  const tablesOf = (tableOf: (name: string) => MemoryTable | undefined): DatasetTables => ({
    async load(name) {
      const table = tableOf(name);
      const dataset = datasets[name]?.dataset;
      if (table === undefined || dataset === undefined) return fail('dataset-missing', `There is no “${name}”.`);
      return succeed({ name, rows: rowsOf(table, dataset, name, task), evidence: [] });
    },
    release() {},
  });
  const baseline: BaselineModel = {
    ...{ title: 'the other model', modelId: null, run: runOf('other') },
    tables: tablesOf((name) => others?.[name]),
  };
  return {
    ...{ policy, policyFolder: '/', run: runOf('own'), tables: tablesOf((name) => datasets[name]?.table) },
    ...{ baseline: async () => succeed(others ? baseline : undefined), signal: undefined, reportProgress: undefined },
  };
}

/** The rows of a table in memory. */
export function rowsOf(table: MemoryTable, dataset: Dataset, name: string, task: Task) {
  const columns = new Map<string, Result<Column>>();
  for (const [column, cells] of Object.entries(table)) {
    const value = columnOf(cells);
    const number: Result<Column> =
      value.kind === 'number' ? succeed(value) : fail('column-type', `Column “${column}” holds no numbers.`);
    columns.set(columnKey(column, 'value'), succeed(value));
    columns.set(columnKey(column, 'detect'), succeed(value));
    columns.set(columnKey(column, 'number'), number);
    columns.set(columnKey(column, 'time'), number);
  }
  const rows = Object.values(table)[0]?.length ?? 0;
  return datasetRows({ rows, columns }, dataset, name, task);
}

/** Numbers where no cell is a text. */
function columnOf(cells: readonly Cell[]): Column {
  const nulls = cells.filter((cell) => cell === null).length;
  if (cells.some((cell) => typeof cell === 'string')) {
    const categories = [...new Set(cells.filter((cell) => cell !== null).map(String))];
    return {
      kind: 'text',
      codes: Int32Array.from(cells, (cell) => (cell === null ? -1 : categories.indexOf(String(cell)))),
      categories,
      nulls,
    };
  }
  const values = Float64Array.from(cells, (cell) => (cell === null ? Number.NaN : (cell as number)));
  return { kind: 'number', values, nulls, nans: cells.filter((cell) => Number.isNaN(cell)).length };
}

function runOf(id: string): Run {
  return {
    ...{ id, name: id, experiment: 'e', status: 'finished', user: undefined, startTime: 0, endTime: 0 },
    ...{ params: new Map(), tags: new Map(), inputs: [], models: [], registered: [], artifactFolder: undefined },
    metrics: new Map([['logged', { step: 0, timestamp: 0, value: 0.5 }]]),
    history: new Map([['logged', [{ step: 0, timestamp: 0, value: 0.5 }]]]),
  };
}
