import { Buffer } from 'node:buffer';
import { type Problem, type Result, succeed } from '../../base/result.ts';
import { comparePoints, MOST_POINTS } from '../metric-values.ts';
import type { MetricPoint } from '../run.ts';
import { addLatestOfEasyLines } from './easy-metric-lines.ts';
import { readMetricLines } from './metric-lines.ts';
import { listNamedFiles, type NamedFile, refuseUnlessFile } from './named-files.ts';
import { PlainPoints } from './plain-points.ts';
import type { Sharing } from './sharing.ts';
import {
  listPlainFiles,
  readSmallFile,
  readStoreFile,
  type StorePath,
  sharedBytes,
  unreadable,
  unreadableLine,
} from './store-files.ts';

/** More than a million points; a larger file is not read. */
export const MOST_METRIC_BYTES = 64 * 1024 * 1024;

/** The latest values of a run's metrics, and what tells that they are still the latest. */
export interface LatestMetrics {
  readonly metrics: ReadonlyMap<string, MetricPoint>;
  readonly problems: readonly Problem[];
  /** Paths below `metrics`, and the size that each file had; the paths are shared between runs. */
  readonly paths: readonly string[];
  readonly sizes: readonly number[];
  /** Folders that nested names go through, below `metrics`; the first is '' for itself. */
  readonly folders: readonly string[];
}

const ONE_FOLDER: readonly string[] = [''];
export const NO_METRICS: LatestMetrics = {
  metrics: new Map(),
  problems: [],
  paths: [],
  sizes: [],
  folders: ONE_FOLDER,
};

/** The latest value of each metric. One whose file can't be understood has none, and a problem says so. */
export function readLatestMetrics(folder: StorePath, sharing: Sharing): LatestMetrics {
  return readPlainMetrics(folder, sharing) ?? readAnyMetrics(folder, sharing);
}

/** The fast way, where every metric has a small file of easy lines in one folder; undefined where that isn't so. */
function readPlainMetrics(folder: StorePath, sharing: Sharing): LatestMetrics | undefined {
  const files = listPlainFiles(folder.absolute);
  if (files === undefined) return undefined;
  const names = sharing.list(files);
  const sizes: number[] = [];
  const numbers: number[] = [];
  for (const name of names) {
    const length = readSmallFile(`${folder.absolute}/${name}`);
    if (length === undefined || addLatestOfEasyLines(sharedBytes, length, numbers) === 'not easy') return undefined;
    sizes.push(length);
  }
  return { metrics: new PlainPoints(names, numbers), problems: [], paths: names, sizes, folders: ONE_FOLDER };
}

function readAnyMetrics(folder: StorePath, sharing: Sharing): LatestMetrics {
  const listed = listNamedFiles(folder);
  if (!listed.ok) return { ...NO_METRICS, problems: [listed.problem] };
  const problems: Problem[] = [];
  const metrics = new Map<string, MetricPoint>();
  const paths: string[] = [];
  const sizes: number[] = [];
  for (const file of listed.value.files) {
    let latest: MetricPoint | undefined;
    const read = readPoints(folder, file, (point) => {
      if (latest === undefined || comparePoints(latest, point) <= 0) latest = point;
    });
    if (read.ok && read.value === undefined) continue;
    paths.push(file.path);
    sizes.push(read.ok ? (read.value ?? 0) : -1);
    if (!read.ok) problems.push(read.problem);
    else if (latest !== undefined) metrics.set(sharing.text(file.name), latest);
  }
  return { metrics, problems, paths: sharing.list(paths), sizes, folders: sharing.list(listed.value.folders) };
}

/** Every point of every metric, in their order; a problem where one file can't be understood. */
export function readHistory(folder: StorePath): Result<Map<string, MetricPoint[]>> {
  const listed = listNamedFiles(folder);
  if (!listed.ok) return listed;
  const history = new Map<string, MetricPoint[]>();
  let count = 0;
  for (const file of listed.value.files) {
    const points: MetricPoint[] = [];
    const read = readPoints(folder, file, (point) => points.push(point));
    if (!read.ok) return read;
    count += points.length;
    if (count > MOST_POINTS)
      return unreadable(folder, `holds more than the ${MOST_POINTS} values that are read of a run`);
    if (read.value !== undefined) history.set(file.name, points.sort(comparePoints));
  }
  return succeed(history);
}

/** Gives the points of one file, and then its size; undefined when the file is gone. */
function readPoints(
  folder: StorePath,
  file: NamedFile,
  take: (point: MetricPoint) => void,
): Result<number | undefined> {
  const path = refuseUnlessFile(folder, file);
  if (!path.ok) return path;
  const bytes = readStoreFile(path.value, MOST_METRIC_BYTES);
  if (!bytes.ok || bytes.value === undefined) return bytes.ok ? succeed(undefined) : bytes;
  const { buffer, byteOffset, byteLength } = bytes.value;
  // Bytes above 127 stand only in data sets' names, which are not read.
  const mistake = readMetricLines(Buffer.from(buffer, byteOffset, byteLength).toString('latin1'), take);
  return mistake ? unreadableLine(path.value, mistake.line, mistake.what) : succeed(byteLength);
}
