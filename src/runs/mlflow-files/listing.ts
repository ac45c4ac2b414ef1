import { relative, sep } from 'node:path';
import { fail, type Problem, type Result, succeed } from '../../base/result.ts';
import { countOf } from '../../base/text.ts';
import { turns } from '../../base/turns.ts';
import { compareNewestFirst } from '../newest-finished-run.ts';
import type { ListOptions } from '../open-runs.ts';
import type { RunSummary } from '../run.ts';
import { type Extent, isUnchanged, type KnownRun, type RunToRead } from './known-run.ts';
import { readRuns } from './read-runs.ts';
import { type Experiment, readExperiment } from './run-meta.ts';
import { NO_METRICS } from './run-metrics.ts';
import { newSharing, type Sharing } from './sharing.ts';
import { below, isFolder, listFolder, notFileWords, type StorePath, shortened, unreadable } from './store-files.ts';

/** Folders of an experiment that hold no run. */
const NOT_RUNS: ReadonlySet<string> = new Set(['tags', 'datasets', 'traces', 'models', '.trash']);
/** Siblings of the experiments. */
const NOT_EXPERIMENTS: ReadonlySet<string> = new Set(['.trash', 'models']);
const RUNS_A_REPORT = 200;
const MOST_PROBLEMS = 200;

/** An experiment as it was read, with its runs by id. */
export interface KnownExperiment {
  readonly experiment: Experiment;
  readonly runs: Map<string, KnownRun>;
}

/** What one reading after the other knows of a store. */
export interface KnownStore {
  readonly experiments: Map<string, KnownExperiment>;
  readonly problems: Map<string, Problem>;
  sharing: Sharing;
  /** The list as it was last given. */
  listed: readonly RunSummary[] | undefined;
  /** How much of each run that listing compared with the store. */
  extent: Extent;
}

/** What has to be looked at: everything, or what the changed paths belong to. */
interface Scope {
  readonly everything: 'everything' | 'some';
  readonly experiments: ReadonlySet<string>;
  /** `experiment/run`. */
  readonly runs: ReadonlySet<string>;
}

export function emptyStore(): KnownStore {
  return {
    experiments: new Map(),
    problems: new Map(),
    sharing: newSharing(),
    listed: undefined,
    extent: 'with metrics',
  };
}

/** Brings `known` up to date with the store, and gives every run, newest first. */
export async function refresh(
  store: StorePath,
  known: KnownStore,
  wanted: string | undefined,
  { signal, reportProgress, changed, metrics = 'latest' }: ListOptions,
): Promise<Result<readonly RunSummary[]>> {
  const extent: Extent = metrics === 'latest' ? 'with metrics' : 'without metrics';
  const knowsRest = known.listed !== undefined && (known.extent === extent || known.extent === 'with metrics');
  const scope = scopeOf(store, knowsRest ? changed : undefined);
  // Until this is over nothing counts as listed: after an interruption the next one has to compare everything.
  known.listed = undefined;
  const names = experimentFolders(store);
  if (!names.ok) return names;
  for (const folder of known.experiments.keys()) if (!names.value.includes(folder)) known.experiments.delete(folder);
  for (const key of known.problems.keys()) if (!names.value.includes(key)) known.problems.delete(key);
  const toRead: (RunToRead & { readonly of: KnownExperiment })[] = [];
  const toCompare: typeof toRead = [];
  for (const folder of names.value) {
    const isNew = !known.experiments.has(folder);
    if (isNew || scope.everything === 'everything' || scope.experiments.has(folder)) {
      refreshExperiment(store, known, folder);
    }
  }
  for (const [folder, of] of known.experiments) {
    if (!isWanted(of.experiment, wanted, known)) continue;
    for (const id of idsOf(store, of, scope, known)) {
      const mustRead = !holds(of.runs.get(id), extent) || scope.runs.has(`${folder}/${id}`);
      const run = { of, experiment: of.experiment, id, extent };
      if (mustRead) toRead.push(run);
      else if (scope.everything === 'everything') toCompare.push(run);
    }
  }
  toRead.push(...(await changedAmong(store, toCompare, signal)));
  await readRuns(store, toRead, {
    sharing: known.sharing,
    signal,
    keep: (index, run, done) => {
      const { of, id } = toRead[index] as (typeof toRead)[number];
      of.runs.set(id, run);
      if (done % RUNS_A_REPORT !== 0) return;
      const message = `Read ${done} of ${countOf(toRead.length, 'run')}`;
      reportProgress?.({ message, fraction: done / toRead.length });
    },
  });
  const experiments = [...known.experiments.values()].filter(({ experiment }) => isWanted(experiment, wanted, known));
  if (wanted !== undefined && experiments.length === 0) return experimentMissing(wanted, known);
  const listed = experiments
    .flatMap(({ runs }) => [...runs.values()])
    .flatMap((run) => shownOf(run, extent) ?? [])
    .sort(compareNewestFirst);
  known.listed = listed;
  known.extent = extent;
  return succeed(listed);
}

/** Metrics that were read once and not compared since are not shown. */
function shownOf({ summary, extent }: KnownRun, wanted: Extent): RunSummary | undefined {
  return summary === undefined || extent === wanted ? summary : { ...summary, metrics: NO_METRICS.metrics };
}

/** Whether as much as is wanted was read of it. */
function holds(known: KnownRun | undefined, extent: Extent): boolean {
  return known !== undefined && (extent === 'without metrics' || known.extent === 'with metrics');
}

/** Those that have to be read again. */
async function changedAmong<Run extends RunToRead & { readonly of: KnownExperiment }>(
  store: StorePath,
  runs: readonly Run[],
  signal: AbortSignal | undefined,
): Promise<readonly Run[]> {
  const changed: Run[] = [];
  const turnOfOthers = turns();
  for (const run of runs) {
    await turnOfOthers();
    signal?.throwIfAborted();
    const before = run.of.runs.get(run.id);
    if (before === undefined || !isUnchanged(store, run, before)) changed.push(run);
  }
  return changed;
}

/** Warnings of what was left out: of experiments first, then of runs; not without end. */
export function problemsIn(known: KnownStore): readonly Problem[] {
  const all = [...known.problems.values()];
  for (const { runs } of known.experiments.values()) for (const { problems } of runs.values()) all.push(...problems);
  if (all.length <= MOST_PROBLEMS) return all;
  const more = all.length - MOST_PROBLEMS;
  return [
    ...all.slice(0, MOST_PROBLEMS),
    { code: 'run-file-unreadable', severity: 'warning', message: `${more} more files of the runs can’t be read.` },
  ];
}

/** The folders that may be experiments: those with a number or text for a name, next to `models` and `.trash`. */
export function experimentFolders(store: StorePath): Result<readonly string[]> {
  const entries = listFolder(store);
  if (!entries.ok)
    return { ok: false, problem: { ...entries.problem, severity: 'error', code: 'run-source-unreadable' } };
  if (entries.value === undefined) {
    return fail('run-source-missing', `The runs’ store “${shortened(store.shown)}” is not there any more.`);
  }
  return succeed(
    entries.value
      .filter(({ name, kind }) => (kind === 'folder' || kind === 'link') && !NOT_EXPERIMENTS.has(name))
      .map(({ name }) => name),
  );
}

/** What an experiment's folder lists as possible runs. */
export function runFolders(store: StorePath, experiment: Experiment): Result<readonly string[]> {
  const entries = listFolder(below(store, experiment.folder));
  if (!entries.ok) return entries;
  return succeed(
    (entries.value ?? []).filter(({ name, kind }) => kind === 'folder' && !NOT_RUNS.has(name)).map(({ name }) => name),
  );
}

/** There is no such experiment; or perhaps there is, among those that can't be read. */
export function experimentMissing<Value>(wanted: string, known: Pick<KnownStore, 'problems'>): Result<Value> {
  const [unread] = known.problems.values();
  const why = unread === undefined ? '' : ` (one can’t be read: ${unread.message.replace(/\.$/, '')})`;
  return fail('experiment-missing', `There is no experiment “${shortened(wanted)}” in the runs’ store${why}.`);
}

/** Reads an experiment itself; its runs stay known unless it is gone, deleted or has another name. */
export function refreshExperiment(store: StorePath, known: KnownStore, folder: string): void {
  const read = isFolder(below(store, folder))
    ? readExperiment(store, folder)
    : unreadable<Experiment | undefined>(below(store, folder), notFileWords('link'));
  if (read.ok) known.problems.delete(folder);
  else known.problems.set(folder, read.problem);
  const experiment = read.ok ? read.value : undefined;
  const before = known.experiments.get(folder);
  if (experiment === undefined) known.experiments.delete(folder);
  else if (before?.experiment.name !== experiment.name) known.experiments.set(folder, { experiment, runs: new Map() });
}

/** By name, or else by id. */
export function isWanted(
  { folder, name }: Experiment,
  wanted: string | undefined,
  { experiments }: Pick<KnownStore, 'experiments'>,
): boolean {
  if (wanted === undefined || name === wanted) return true;
  if (folder !== wanted) return false;
  return ![...experiments.values()].some(({ experiment }) => experiment.name === wanted);
}

/** The runs to look at; those that are gone are forgotten. */
function idsOf(store: StorePath, of: KnownExperiment, scope: Scope, known: KnownStore): readonly string[] {
  const { folder } = of.experiment;
  if (scope.everything === 'some' && !scope.experiments.has(folder) && of.runs.size > 0) {
    const ids = [...scope.runs]
      .filter((path) => path.startsWith(`${folder}/`))
      .map((path) => path.slice(folder.length + 1));
    const gone = ids.filter((id) => !isFolder(below(store, folder, id)));
    for (const id of gone) of.runs.delete(id);
    return ids.filter((id) => !gone.includes(id));
  }
  const listed = runFolders(store, of.experiment);
  if (!listed.ok) {
    known.problems.set(folder, listed.problem);
    of.runs.clear();
    return [];
  }
  const here = new Set(listed.value);
  for (const id of of.runs.keys()) if (!here.has(id)) of.runs.delete(id);
  return listed.value;
}

function scopeOf(store: StorePath, changed: readonly string[] | undefined): Scope {
  const experiments = new Set<string>();
  const runs = new Set<string>();
  if (changed === undefined) return { everything: 'everything', experiments, runs };
  for (const path of changed) {
    const [experiment, run] = relative(store.absolute, path).split(sep);
    if (experiment === undefined || experiment === '' || experiment === '..' || NOT_EXPERIMENTS.has(experiment))
      continue;
    if (run === undefined || run === 'meta.yaml') experiments.add(experiment);
    else if (!NOT_RUNS.has(run)) runs.add(`${experiment}/${run}`);
  }
  return { everything: 'some', experiments, runs };
}
