import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { DigestCache } from '../base/digest-cache.ts';
import { digestFiles } from '../base/digest-files.ts';
import { fail, type ReportProgress, type Result, succeed } from '../base/result.ts';
import { type Located, locateArtifact } from '../evidence/locate-artifact.ts';
import {
  type ColumnRequest,
  describeTable,
  type ReadOptions,
  readColumns,
  readSlices,
  type Slices,
} from '../evidence/table.ts';
import type { Check, Policy } from '../policy/schema.ts';
import type { Run } from '../runs/run.ts';
import { columnsNeeded } from './columns-needed.ts';
import { countFold } from './count-fold.ts';
import { type CountsNeeded, countsNeeded } from './counts-needed.ts';
import type { EvidenceFile } from './outcome.ts';
import { needsRanking } from './ranking-needed.ts';
import { repeatedFileSentence } from './repeated-files.ts';
import { columnKey, type DatasetRows, datasetRows } from './rows/dataset-rows.ts';
import { rankInThread } from './rows/rank-thread.ts';

/** A data set of the policy, read: its rows, and the files they are from. */
export interface LoadedDataset {
  readonly name: string;
  readonly rows: DatasetRows;
  readonly evidence: readonly EvidenceFile[];
  /** While another thread sorts the scores. */
  readonly ranked?: Promise<void> | undefined;
}

/** The data sets of one assessment. Each is read once, with the columns that all of its checks need together. */
export interface DatasetTables {
  load(name: string): Promise<Result<LoadedDataset>>;
  /** Says that the check is done; a data set that no other check needs is let go. */
  release(checkId: string): void;
}

/** Data sets whose scores are sorted by another thread as soon as they are read. */
export interface RankingTables extends DatasetTables {
  /** Waits until the scores are sorted that the check goes by; their table is made here where nobody waited. */
  ranked(check: Check): Promise<void>;
}

export interface TablesInput {
  readonly policy: Policy;
  readonly policyFolder: string;
  readonly run: Run;
  readonly signal: AbortSignal | undefined;
  readonly reportProgress: ReportProgress | undefined;
  /** See `AssessInput`. */
  readonly digestCache?: DigestCache | undefined;
  /** Takes a sentence on how a data set's file was understood. */
  readonly noteDialect?: (sentence: string) => void;
  /** When rows are folded while they are read instead of kept. */
  readonly slices?: Pick<Slices, 'above' | 'rows'> | undefined;
  /** From how many rows on their scores are sorted by another thread; never when not given. */
  readonly rankAheadFrom?: number | undefined;
}

/** Tables that fit easily are kept; a slice is worked on in less time than anybody waits for a screen. */
const SLICES = { above: 2 ** 24, rows: 2 ** 18 };

/** Below it, a thread takes as long to start as it saves; one processor can't do two things at a time. */
export const RANK_AHEAD_FROM = availableParallelism() > 1 ? 1_000_000 : undefined;

export function datasetTables(input: TablesInput): RankingTables {
  const { policy } = input;
  const waiting = new Map(Object.entries(policy.checks).map(([id, check]) => [id, datasetsOf(check, policy)]));
  const loaded = new Map<string, Promise<Result<LoadedDataset>>>();
  function load(name: string): Promise<Result<LoadedDataset>> {
    const known = loaded.get(name);
    if (known) return known;
    const loading = loadDataset(name, input);
    loaded.set(name, loading);
    return loading;
  }
  return {
    load,
    async ranked(check) {
      if (!needsRanking(check)) return;
      for (const name of datasetsOf(check, policy)) {
        const dataset = await load(name);
        if (dataset.ok) await dataset.value.ranked;
      }
    },
    release(checkId) {
      waiting.delete(checkId);
      const needed = new Set([...waiting.values()].flat());
      for (const name of loaded.keys()) if (!needed.has(name)) loaded.delete(name);
    },
  };
}

/** Names of the data sets that a check reads. */
export function datasetsOf(check: Check, policy: Policy): readonly string[] {
  return columnsNeeded(check, policy).map(({ dataset }) => dataset);
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
  const options = {
    ...(signal ? { signal } : {}),
    ...(reportProgress ? { reportProgress } : {}),
    ...(input.noteDialect ? { noteDialect: input.noteDialect } : {}),
    ...(dataset.key === undefined ? {} : { keyColumn: dataset.key }),
  };
  const before = await fingerprint(located.value);
  const requests = await requestsFor(name, located.value, input);
  if (!requests.ok) return requests;
  const about = { dataset, name, task: input.policy.task };
  const needed = countsNeeded(name, input.policy);
  const hashing = new AbortController();
  const read = needed
    ? foldRows(located.value, requests.value, about, { ...options, needed, slices: input.slices ?? SLICES })
    : readRows(located.value, requests.value, about, options);
  const [rows, evidence] = await bothOrNeither([
    read.then((found) => {
      // The digest of a table that can't be read is of no use, and a large one takes long.
      if (!found.ok) hashing.abort();
      return found;
    }),
    hashTables(name, located.value, {
      ...input,
      signal: AbortSignal.any([hashing.signal, ...(signal ? [signal] : [])]),
    }).catch((error: unknown) => {
      if (hashing.signal.aborted && signal?.aborted !== true) return succeed([]);
      throw error;
    }),
  ]);
  if (!rows.ok) return rows;
  if (!evidence.ok) return evidence;
  if ((await fingerprint(located.value)) !== before) {
    return fail('table-changed', `The files of data set “${name}” changed while they were read; check again.`);
  }
  const repeated = await repeatedFileSentence(name, located.value, evidence.value, signal);
  if (repeated !== undefined) return fail('table-repeated', repeated);
  return succeed({
    ...{ name, rows: rows.value, evidence: evidence.value },
    ranked: rankAhead(name, rows.value, input),
  });
}

/** Starts to sort the scores where some check goes by their order. */
function rankAhead(name: string, rows: DatasetRows, input: TablesInput): Promise<void> | undefined {
  const { policy, signal, rankAheadFrom = Number.POSITIVE_INFINITY } = input;
  if (policy.task !== 'binary' || rows.rows < rankAheadFrom) return undefined;
  const checks = Object.values(policy.checks);
  if (!checks.some((check) => needsRanking(check) && datasetsOf(check, policy).includes(name))) return undefined;
  // What the thread can't do is done here when it is asked for.
  return rows.binary.rankAhead((prepare) => rankInThread(prepare, signal)).catch(() => undefined);
}

type About = Pick<DatasetRows, 'dataset' | 'name' | 'task'>;

async function readRows(
  located: Located,
  requests: readonly ColumnRequest[],
  about: About,
  options: ReadOptions,
): Promise<Result<DatasetRows>> {
  const table = await readColumns(located, requests, options);
  return table.ok ? succeed(datasetRows(table.value, about.dataset, about.name, about.task)) : table;
}

/** The rows of a small table, or the counts that were made of a large one. */
async function foldRows(
  located: Located,
  requests: readonly ColumnRequest[],
  about: About,
  options: ReadOptions & { readonly needed: readonly CountsNeeded[]; readonly slices: Pick<Slices, 'above' | 'rows'> },
): Promise<Result<DatasetRows>> {
  const fold = countFold(options.needed, about);
  const table = await readSlices(located, requests, { ...options.slices, take: fold.add }, options);
  if (!table.ok) return table;
  const { dataset, name, task } = about;
  return succeed(table.value ? datasetRows(table.value, dataset, name, task) : fold.rows());
}

/** Every column that some check wants of the data set, each once. */
async function requestsFor(name: string, located: Located, input: TablesInput): Promise<Result<ColumnRequest[]>> {
  const { policy, signal } = input;
  const requests = new Map<string, ColumnRequest>();
  const add = ({ name: column, as }: ColumnRequest): void => {
    const key = columnKey(column, as);
    requests.set(key, { name: column, as, key });
  };
  for (const check of Object.values(policy.checks)) {
    for (const { dataset, columns } of columnsNeeded(check, policy)) {
      if (dataset !== name) continue;
      if (columns !== 'every column') {
        for (const column of columns) add(column);
        continue;
      }
      const described = await describeTable(located, signal ? { signal } : {});
      if (!described.ok) return described;
      for (const column of described.value) add({ name: column.name, as: 'detect' });
    }
  }
  return succeed([...requests.values()]);
}

async function hashTables(
  name: string,
  located: Located,
  { signal, digestCache }: TablesInput,
): Promise<Result<EvidenceFile[]>> {
  const nameOf = (index: number): string => located.relative[index] ?? name;
  const files = located.absolute.map((path, index) => ({ path, calledAs: `“${nameOf(index)}” of data set “${name}”` }));
  const digested = await digestFiles(files, { links: 'follow links', signal, cache: digestCache });
  if (!digested.ok) return digested;
  return succeed(digested.value.map(({ digest }, index) => ({ path: nameOf(index), sha256: digest })));
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
