import { lstatSync, type Stats } from 'node:fs';
import type { Problem, Result } from '../../base/result.ts';
import type { RunSummary } from '../run.ts';
import { type Experiment, nameInTags, readRunMeta } from './run-meta.ts';
import { type LatestMetrics, NO_METRICS, readLatestMetrics } from './run-metrics.ts';
import type { Sharing } from './sharing.ts';
import { below, entryKindOf, notFileWords, type StorePath, unreadable } from './store-files.ts';

/** Clocks of file systems tick as rarely as every two seconds; a stamp younger than that proves nothing. */
const TICK = 2000;
const META = 'meta.yaml';
const METRICS = 'metrics';
const NAME_TAG = 'tags/mlflow.runName';
const ALWAYS_STAMPED: readonly string[] = [META, METRICS];
const STAMPED_WITH_TAG: readonly string[] = [META, METRICS, NAME_TAG];
/** Of a file or folder that is not there. */
const ABSENT = -1;
/** A stamp is three numbers: time of change, size, and number on the disk. */
const STAMP_LENGTH = 3;

/** A run's folder as it was read, with what tells cheaply whether it has to be read again. */
export interface KnownRun {
  /** Undefined for a folder that holds no run, a deleted one, or one that can't be read. */
  readonly summary: RunSummary | undefined;
  readonly problems: readonly Problem[];
  /** When its reading began, in milliseconds since 1970. */
  readonly readAt: number;
  /** Below the run's folder, what else than the metrics' files tells of a change; shared between runs. */
  readonly stamped: readonly string[];
  /** One stamp after the other, as they were before the reading. */
  readonly stamps: readonly number[];
  readonly metrics: LatestMetrics;
  /** Whether the metrics were read, too. */
  readonly extent: Extent;
}

/** How much of a run is read for a list. */
export type Extent = 'with metrics' | 'without metrics';

/** A run and how much of it is wanted. */
export interface RunToRead {
  readonly experiment: Experiment;
  readonly id: string;
  readonly extent: Extent;
}

/** Reads what a list shows of one run. */
export function readKnownRun(store: StorePath, { experiment, id, extent }: RunToRead, sharing: Sharing): KnownRun {
  const readAt = Date.now();
  const run = below(store, experiment.folder, id);
  // The stamps come first: what changes while it is read is then read again.
  const metaFile = statsAt(`${run.absolute}/${META}`);
  const metricFolder = statsAt(`${run.absolute}/${METRICS}`);
  let stamped = ALWAYS_STAMPED;
  const stamps: number[] = [];
  addStamp(stamps, metaFile);
  addStamp(stamps, metricFolder);
  const unread = (problems: readonly Problem[]): KnownRun => {
    return { readAt, stamped, stamps, problems, summary: undefined, metrics: NO_METRICS, extent };
  };
  if (metaFile === undefined) return unread([]);
  if (!metaFile.isFile()) return unread(problemsOf(unreadable(below(run, META), notFileWords(entryKindOf(metaFile)))));
  const meta = readRunMeta(store, experiment, id);
  if (!meta.ok) return unread([meta.problem]);
  if (meta.value === undefined) return unread([]);
  const { artifactUri: _, ...summary } = meta.value;
  if (summary.name === undefined) {
    stamped = STAMPED_WITH_TAG;
    addStamp(stamps, statsAt(`${run.absolute}/${NAME_TAG}`));
  }
  const name = summary.name ?? nameInTags(run) ?? id;
  const metrics = extent === 'with metrics' ? metricsOf(run, metricFolder, sharing) : NO_METRICS;
  if (metrics.folders.length > 1) {
    const nested = metrics.folders.slice(1).map((folder) => `${METRICS}/${folder}`);
    for (const folder of nested) addStamp(stamps, statsAt(`${run.absolute}/${folder}`));
    stamped = sharing.list([...stamped, ...nested]);
  }
  return {
    ...{ readAt, stamped, stamps, problems: metrics.problems, metrics, extent },
    summary: { ...summary, name, metrics: metrics.metrics },
  };
}

/**
 * Whether nothing of it, as far as it is wanted, changed since. A value that is appended changes only its own file, so every metric's file is
 * asked for its size; one that was rewritten in the same size is told by the time of its change.
 */
export function isUnchanged(store: StorePath, { experiment, id, extent }: RunToRead, known: KnownRun): boolean {
  const run = `${store.absolute}/${experiment.folder}/${id}`;
  const youngest = known.readAt - TICK;
  for (const [at, path] of known.stamped.entries()) {
    if (!isSameStamp(known.stamps, at * STAMP_LENGTH, statsAt(`${run}/${path}`), youngest)) return false;
  }
  if (extent === 'without metrics') return true;
  for (const [at, path] of known.metrics.paths.entries()) {
    const stats = statsAt(`${run}/${METRICS}/${path}`);
    if (stats === undefined || stats.size !== known.metrics.sizes[at] || stats.ctimeMs > youngest) return false;
  }
  return true;
}

function metricsOf(run: StorePath, metrics: Stats | undefined, sharing: Sharing): LatestMetrics {
  if (metrics === undefined) return NO_METRICS;
  const folder = below(run, METRICS);
  if (metrics.isDirectory()) return readLatestMetrics(folder, sharing);
  const words = metrics.isSymbolicLink() ? notFileWords('link') : 'is not a folder';
  return { ...NO_METRICS, problems: problemsOf(unreadable(folder, words)) };
}

function addStamp(stamps: number[], stats: Stats | undefined): void {
  if (stats === undefined) stamps.push(ABSENT, ABSENT, ABSENT);
  else stamps.push(stats.ctimeMs, stats.size, stats.ino);
}

function isSameStamp(stamps: readonly number[], at: number, now: Stats | undefined, youngest: number): boolean {
  if (now === undefined) return stamps[at] === ABSENT;
  return (
    now.ctimeMs === stamps[at] && now.size === stamps[at + 1] && now.ino === stamps[at + 2] && now.ctimeMs <= youngest
  );
}

function statsAt(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function problemsOf(result: Result<unknown>): readonly Problem[] {
  return result.ok ? [] : [result.problem];
}
