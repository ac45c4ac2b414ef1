import { stat } from 'node:fs/promises';
import { hashFile } from '../base/hashing.ts';
import { fail, type ReportProgress, type Result, succeed } from '../base/result.ts';
import { type Located, locateArtifact } from '../evidence/locate-artifact.ts';
import { type ColumnRequest, readColumns } from '../evidence/table.ts';
import type { Check, Dataset, Policy } from '../policy/schema.ts';
import type { Run } from '../runs/run.ts';
import type { EvidenceFile } from './outcome.ts';
import { type BinaryRows, binaryRows } from './rows/binary-rows.ts';

/** A data set of the policy, read: its rows, what metrics need of them, and the files they are from. */
export interface LoadedDataset {
  readonly name: string;
  readonly rows: number;
  readonly binary: BinaryRows;
  readonly evidence: readonly EvidenceFile[];
}

/** The data sets of one assessment. Each is read once, with the columns that all of its checks need together. */
export interface DatasetTables {
  load(name: string): Promise<Result<LoadedDataset>>;
  /** Says that the check is done; a data set that no other check needs is let go. */
  release(checkId: string): void;
}

export interface TablesInput {
  readonly policy: Policy;
  readonly policyFolder: string;
  readonly run: Run;
  readonly signal: AbortSignal | undefined;
  readonly reportProgress: ReportProgress | undefined;
}

export function datasetTables(input: TablesInput): DatasetTables {
  const waiting = new Map(Object.entries(input.policy.checks).map(([id, check]) => [id, datasetsOf(check)]));
  const loaded = new Map<string, Promise<Result<LoadedDataset>>>();
  return {
    load(name) {
      const known = loaded.get(name);
      if (known) return known;
      const loading = loadDataset(name, input);
      loaded.set(name, loading);
      return loading;
    },
    release(checkId) {
      waiting.delete(checkId);
      const needed = new Set([...waiting.values()].flat());
      for (const name of loaded.keys()) if (!needed.has(name)) loaded.delete(name);
    },
  };
}

/** Names of the data sets that a check reads. */
export function datasetsOf(check: Check): readonly string[] {
  if (check.check !== 'metric' && check.check !== 'agreement') return [];
  return check.dataset === undefined ? [] : [check.dataset];
}

async function loadDataset(name: string, input: TablesInput): Promise<Result<LoadedDataset>> {
  const dataset = Object.hasOwn(input.policy.datasets, name) ? input.policy.datasets[name] : undefined;
  if (dataset === undefined) return fail('dataset-missing', `The policy has no data set “${name}”.`);
  const located = locateArtifact(dataset.path, input);
  if (!located.ok) return fail(located.problem.code, `Data set “${name}”: ${located.problem.message}`);
  for (const [index, path] of located.value.absolute.entries()) {
    const found = await stat(path);
    if (!found.isFile())
      return fail('table-unreadable', `“${located.value.relative[index]}” of data set “${name}” is not a file.`);
  }
  const { signal, reportProgress } = input;
  const options = { ...(signal ? { signal } : {}), ...(reportProgress ? { reportProgress } : {}) };
  const before = await fingerprint(located.value);
  const [table, evidence] = await bothOrNeither([
    readColumns(located.value, columnsOf(dataset, name, input.policy), options),
    hashFiles(located.value, signal),
  ]);
  if (!table.ok) return table;
  if ((await fingerprint(located.value)) !== before) {
    return fail('table-changed', `The files of data set “${name}” changed while they were read; check again.`);
  }
  return succeed({ name, rows: table.value.rows, binary: binaryRows(table.value, dataset, name), evidence });
}

/** Every column that a metric of this data set can need; each is wanted by some check. */
function columnsOf(dataset: Dataset, name: string, policy: Policy): ColumnRequest[] {
  const metrics = Object.values(policy.checks).flatMap((check) =>
    datasetsOf(check).includes(name) && 'metric' in check && check.metric !== undefined ? [check.metric] : [],
  );
  const needsScore =
    dataset.prediction === undefined || metrics.some((metric) => metric === 'roc_auc' || metric === 'log_loss');
  const wanted: [string | undefined, ColumnRequest['as']][] = [
    [dataset.label, 'value'],
    [dataset.prediction, 'value'],
    [needsScore ? dataset.score : undefined, 'number'],
    [dataset.weight, 'number'],
  ];
  const requests = new Map<string, ColumnRequest>();
  for (const [column, as] of wanted) {
    if (column !== undefined && requests.get(column)?.as !== 'number') requests.set(column, { name: column, as });
  }
  return [...requests.values()];
}

async function hashFiles(located: Located, signal: AbortSignal | undefined): Promise<EvidenceFile[]> {
  const files: EvidenceFile[] = [];
  for (const [index, path] of located.absolute.entries()) {
    files.push({ path: located.relative[index] ?? path, sha256: await hashFile(path, signal ? { signal } : {}) });
  }
  return files;
}

async function fingerprint(located: Located): Promise<string> {
  const stats = await Promise.all(located.absolute.map((path) => stat(path, { bigint: true })));
  return stats.map(({ ino, size, mtimeNs }) => `${ino}:${size}:${mtimeNs}`).join();
}

/** As `Promise.all`, but a failure is only reported when neither is running any more. */
async function bothOrNeither<A, B>(work: [Promise<A>, Promise<B>]): Promise<[A, B]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
