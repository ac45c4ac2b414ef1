import { comparePoints, MOST_POINTS } from '../metric-values.ts';
import type { MetricPoint } from '../run.ts';

const WHOLE = /^-?\d{1,19}$/;
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
/** A data set's name has at most 500 characters. */
const LONGEST_LINE = 2000;
const NOT_FINITE: ReadonlyMap<string, number> = new Map([
  ['nan', Number.NaN],
  ['inf', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
]);

export interface LineMistake {
  /** Counted from 1. */
  readonly line: number;
  /** Continues “the file, line 3, …”. */
  readonly what: string;
}

/**
 * Reads the points of a run's metric file, and gives each to `take`; undefined when every line was understood.
 *
 * A line is `<timestamp in ms> <value> [<step> [<data set's name> <its digest>]]`; without a step, the step is 0. MLflow's
 * own reader takes step 0 where a data set is named; the step that was logged is read here. A last line without an end
 * is being written or was cut off: its value may lack digits, unless something follows it, and its step may lack
 * digits, which does no harm only where it is the latest point all the same.
 */
export function readMetricLines(text: string, take: (point: MetricPoint) => void): LineMistake | undefined {
  if (text === '') return { line: 1, what: 'has no value: the file is empty' };
  let latest: MetricPoint | undefined;
  let line = 0;
  for (let start = 0; start < text.length; ) {
    line += 1;
    if (line > MOST_POINTS) return { line, what: `is one more than the ${MOST_POINTS} values that are read` };
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    if (end - start > LONGEST_LINE) return { line, what: `has more than ${LONGEST_LINE} characters` };
    const fields = text.slice(start, text[end - 1] === '\r' ? end - 1 : end).split(' ');
    const point = pointOf(fields);
    if (point === undefined) return { line, what: 'is not a metric’s time, value and step' };
    if (newline < 0 && mayBeCut(fields, point, latest)) {
      return { line, what: 'does not end: it is being written, or the file was cut short' };
    }
    if (latest === undefined || comparePoints(latest, point) <= 0) latest = point;
    take(point);
    start = end + 1;
  }
  return undefined;
}

function pointOf(fields: readonly string[]): MetricPoint | undefined {
  const [timestamp = '', value = '', step = '0'] = fields;
  // Four fields are a logged model's line, which has no place in a run; a data set's name may have spaces in it.
  if (fields.length < 2 || fields.length === 4) return undefined;
  if (!WHOLE.test(timestamp) || !WHOLE.test(step)) return undefined;
  const number = DECIMAL.test(value) ? Number(value) : NOT_FINITE.get(value);
  if (number === undefined) return undefined;
  return { step: Number(step), timestamp: Number(timestamp), value: number };
}

function mayBeCut(fields: readonly string[], point: MetricPoint, latest: MetricPoint | undefined): boolean {
  if (fields.length > 3) return false;
  if (fields.length === 2) return true;
  // More digits would only raise a step from 0 up, so it stays the latest; a first point is the latest, whatever it is.
  return latest !== undefined && (point.step < 0 || comparePoints(latest, point) > 0);
}
