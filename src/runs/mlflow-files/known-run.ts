import { lstatSync, type Stats } from 'node:fs';
import { type Problem, type Result, succeed } from '../../base/result.ts';
import type { RunSummary } from '../run.ts';
import { type Experiment, readRunMeta } from './run-meta.ts';
import { type LatestMetrics, readLatestMetrics, type ShareText } from './run-metrics.ts';
import { below, entryKindOf, notFileWords, type StorePath, unreadable } from './store-files.ts';

/** Clocks of file systems tick as rarely as every two seconds; a stamp younger than that proves nothing. */
const TICK = 2000;

/** A run's folder as it was read, with what tells cheaply whether it has to be read again. */
export interface KnownRun {
  /** Undefined for a folder that holds no run, a deleted one, or one that can't be read. */
  readonly summary: RunSummary | undefined;
  readonly problems: readonly Problem[];
  /** When its reading began, in milliseconds since 1970. */
  readonly readAt: number;
  /** Of `meta.yaml`, of the run's folder, of the tag that may name it, then of each of `metrics.folders`. */
  readonly stamps: readonly string[];
  readonly metrics: LatestMetrics | undefined;
}

/** Reads what a list shows of one run. */
export function readKnownRun(store: StorePath, experiment: Experiment, id: string, share: ShareText): KnownRun {
  const readAt = Date.now();
  const run = below(store, experiment.folder, id);
  // The stamps come first: what changes while it is read is then read again.
  const found = statsOf(run, ['']);
  const before = found.map(stampOf);
  const [metaFile, , , metricFolder] = found;
  const base = { readAt, stamps: before, metrics: undefined, summary: undefined };
  const refused = refuseMeta(run, metaFile);
  if (!refused.ok) return { ...base, problems: [refused.problem] };
  if (metaFile === undefined) return { ...base, problems: [] };
  const meta = readRunMeta(store, experiment, id);
  if (!meta.ok) return { ...base, problems: [meta.problem] };
  if (meta.value === undefined) return { ...base, problems: [] };
  const metrics = metricsOf(run, metricFolder, share);
  const { artifactUri: _, ...summary } = meta.value;
  const nested = metrics.folders.length > 1 ? statsOf(run, metrics.folders).map(stampOf) : before;
  return {
    ...base,
    stamps: nested,
    summary: { ...summary, experiment: share(summary.experiment), metrics: metrics.metrics },
    problems: metrics.problems,
    metrics,
  };
}

/**
 * Whether nothing of it changed since. A value that is appended changes only its own file, so every metric's file is
 * asked for its size; one that was rewritten in the same size is told by the time of its change.
 */
export function isUnchanged(store: StorePath, experiment: Experiment, id: string, known: KnownRun): boolean {
  const run = below(store, experiment.folder, id);
  const { metrics, readAt } = known;
  const now = statsOf(run, metrics?.folders ?? ['']).map(stampOf);
  if (now.some((stamp, at) => stamp !== known.stamps[at] || timeOf(stamp) > readAt - TICK)) return false;
  const prefix = `${run.absolute}/metrics/`;
  for (const [at, path] of (metrics?.paths ?? []).entries()) {
    const stats = statsAt(prefix + path);
    if (stats === undefined || stats.size !== metrics?.sizes[at] || stats.ctimeMs > readAt - TICK) return false;
  }
  return true;
}

/** A problem where the run's description is anything but a file; undefined where the folder is no run's, or gone. */
function refuseMeta(run: StorePath, meta: Stats | undefined): Result<undefined> {
  if (meta === undefined || meta.isFile()) return succeed(undefined);
  return unreadable(below(run, 'meta.yaml'), notFileWords(entryKindOf(meta)));
}

function metricsOf(run: StorePath, metrics: Stats | undefined, share: ShareText): LatestMetrics {
  const folder = below(run, 'metrics');
  if (metrics?.isDirectory()) return readLatestMetrics(folder, share);
  const refused = metrics === undefined ? undefined : refuseFolder(folder, metrics);
  const problems = refused === undefined || refused.ok ? [] : [refused.problem];
  return { metrics: new Map(), problems, paths: [], sizes: [], folders: [''] };
}

function refuseFolder(path: StorePath, found: Stats): Result<never> {
  return unreadable(path, found.isSymbolicLink() ? notFileWords('link') : 'is not a folder');
}

function statsOf(run: StorePath, metricFolders: readonly string[]): (Stats | undefined)[] {
  return [
    statsAt(`${run.absolute}/meta.yaml`),
    statsAt(run.absolute),
    statsAt(`${run.absolute}/tags/mlflow.runName`),
    ...metricFolders.map((folder) =>
      statsAt(folder === '' ? `${run.absolute}/metrics` : `${run.absolute}/metrics/${folder}`),
    ),
  ];
}

function stampOf(stats: Stats | undefined): string {
  return stats === undefined ? '' : `${stats.ctimeMs}/${stats.size}/${stats.ino}`;
}

function statsAt(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function timeOf(stamp: string): number {
  return Number.parseFloat(stamp) || 0;
}
