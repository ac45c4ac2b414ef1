import { lstatSync, type Stats } from 'node:fs';
import { type Problem, type Result, succeed } from '../../base/result.ts';
import type { RunSummary } from '../run.ts';
import { type Experiment, readRunMeta } from './run-meta.ts';
import { type LatestMetrics, readLatestMetrics, type ShareText } from './run-metrics.ts';
import { below, listFolder, notFileWords, type StorePath, unreadable } from './store-files.ts';

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
  const before = stampsOf(run, ['']);
  const base = { readAt, stamps: before, metrics: undefined, summary: undefined };
  const parts = partsOf(run);
  if (!parts.ok) return { ...base, problems: [parts.problem] };
  if (parts.value === undefined) return { ...base, problems: [] };
  const meta = readRunMeta(store, experiment, id);
  if (!meta.ok) return { ...base, problems: [meta.problem] };
  if (meta.value === undefined) return { ...base, problems: [] };
  const metrics =
    parts.value.metrics === 'folder' ? readLatestMetrics(below(run, 'metrics'), share) : noMetrics(run, parts.value);
  const { artifactUri: _, ...summary } = meta.value;
  const nested = metrics.folders.length > 1 ? stampsOf(run, metrics.folders) : before;
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
  const now = stampsOf(run, metrics?.folders ?? ['']);
  if (now.some((stamp, at) => stamp !== known.stamps[at] || timeOf(stamp) > readAt - TICK)) return false;
  const prefix = `${run.absolute}/metrics/`;
  for (const [at, path] of (metrics?.paths ?? []).entries()) {
    const stats = statsOf(prefix + path);
    if (stats === undefined || stats.size !== metrics?.sizes[at] || stats.ctimeMs > readAt - TICK) return false;
  }
  return true;
}

interface Parts {
  readonly metrics: 'folder' | 'link' | 'other' | 'absent';
}

/** What the run's folder holds; undefined where it is no run's, or gone. */
function partsOf(run: StorePath): Result<Parts | undefined> {
  const entries = listFolder(run);
  if (!entries.ok) return entries;
  const meta = entries.value?.find(({ name }) => name === 'meta.yaml');
  if (meta === undefined) return succeed(undefined);
  if (meta.kind !== 'file') return unreadable(below(run, 'meta.yaml'), notFileWords(meta.kind));
  const kind = entries.value?.find(({ name }) => name === 'metrics')?.kind ?? 'absent';
  return succeed({ metrics: kind === 'file' ? 'other' : kind });
}

function noMetrics(run: StorePath, { metrics }: Parts): LatestMetrics {
  const refused = metrics === 'absent' ? undefined : refuseFolder(below(run, 'metrics'), metrics);
  const problems = refused === undefined || refused.ok ? [] : [refused.problem];
  return { metrics: new Map(), problems, paths: [], sizes: [], folders: [''] };
}

function refuseFolder(path: StorePath, kind: 'folder' | 'link' | 'other'): Result<never> {
  return unreadable(path, kind === 'link' ? notFileWords('link') : 'is not a folder');
}

function stampsOf(run: StorePath, metricFolders: readonly string[]): string[] {
  return [
    stampOf(`${run.absolute}/meta.yaml`),
    stampOf(run.absolute),
    stampOf(`${run.absolute}/tags/mlflow.runName`),
    ...metricFolders.map((folder) => stampOf(`${run.absolute}/metrics/${folder}`)),
  ];
}

function stampOf(path: string): string {
  const stats = statsOf(path);
  return stats === undefined ? '' : `${stats.ctimeMs}/${stats.size}/${stats.ino}`;
}

function statsOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function timeOf(stamp: string): number {
  return Number.parseFloat(stamp) || 0;
}
