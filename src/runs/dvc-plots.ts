import { posix } from 'node:path';
import { fail, type Result, succeed } from '../base/result.ts';
import { textOf } from './data-file.ts';
import type { DvcFiles } from './dvc-files.ts';
import type { MetricsFile } from './dvc-values.ts';
import type { FileProblem } from './dvc-yaml.ts';
import { comparePoints } from './metric-values.ts';
import type { MetricPoint } from './run.ts';

const MOST_PLOTS = 5000;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

export interface PlotHistory {
  readonly history: ReadonlyMap<string, readonly MetricPoint[]>;
  readonly problems: readonly FileProblem[];
}

/**
 * The histories that DVCLive wrote beside its files of metrics: `plots/metrics/train/loss.tsv` is that of `train.loss`.
 *
 * @param time of points that have none of their own, in milliseconds since 1970
 */
export async function readPlots(
  metricsFiles: readonly MetricsFile[],
  files: DvcFiles,
  time: number,
): Promise<PlotHistory> {
  const history = new Map<string, readonly MetricPoint[]>();
  const problems: FileProblem[] = [];
  for (const { file, nameOf } of metricsFiles) {
    const root = posix.join(posix.dirname(file), 'plots/metrics');
    const tables = (await files.filesAt(root)).filter((path) => path.endsWith('.tsv'));
    if (tables.length > MOST_PLOTS) problems.push({ file: root, why: `has more than ${MOST_PLOTS} histories` });
    for (const table of tables.slice(0, MOST_PLOTS)) {
      const read = await files.read(table);
      const points = read.ok && read.value !== undefined ? parsePlot(read.value, time) : undefined;
      if (!read.ok) problems.push({ file: table, why: read.problem.message });
      if (points?.ok === false) problems.push({ file: table, why: points.problem.message });
      const own = table.slice(root.length + 1, -'.tsv'.length).replaceAll('/', '.');
      if (points?.ok) history.set(nameOf(own), points.value);
    }
  }
  return { history, problems };
}

/** A table with the columns `step`, perhaps `timestamp` (milliseconds), and one more, the value. */
function parsePlot(bytes: Uint8Array, time: number): Result<MetricPoint[]> {
  const text = textOf(bytes);
  if (text === undefined) return fail('file-malformed', 'is not UTF-8 text');
  const [header = '', ...rows] = text.split(/\r?\n/);
  const columns = header.split('\t');
  const stepAt = columns.indexOf('step');
  const timeAt = columns.indexOf('timestamp');
  const valueAt = columns.findLastIndex((_, index) => index !== stepAt && index !== timeAt);
  if (stepAt < 0 || valueAt < 0) return fail('file-malformed', 'has no columns for a step and a value');
  const points: MetricPoint[] = [];
  for (const [index, row] of rows.entries()) {
    // Training may be in the middle of the last line.
    if (row === '' || (index === rows.length - 1 && row !== '')) continue;
    const cells = row.split('\t');
    const step = numberOf(cells[stepAt]);
    const value = numberOf(cells[valueAt]);
    const timestamp = timeAt < 0 ? time : numberOf(cells[timeAt]);
    if (step === undefined || !Number.isSafeInteger(step) || value === undefined || timestamp === undefined) {
      return fail('file-malformed', `has something that is no number in line ${index + 2}`);
    }
    points.push({ step, timestamp, value });
  }
  return succeed(points.sort(comparePoints));
}

function numberOf(cell: string | undefined): number | undefined {
  const text = cell?.trim().toLowerCase() ?? '';
  if (NUMBER.test(text)) return Number(text);
  if (/^[+-]?nan$/.test(text)) return Number.NaN;
  if (/^[+-]?inf(?:inity)?$/.test(text))
    return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return undefined;
}
