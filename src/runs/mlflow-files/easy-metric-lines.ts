import type { Buffer } from 'node:buffer';
import { comparePoints } from '../metric-values.ts';
import type { MetricPoint } from '../run.ts';

const NEWLINE = 10;
const SPACE = 32;
const PLUS = 43;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
/** Where no byte is. */
const NOWHERE = -1;
/** So many digits are a whole number that a double holds exactly. */
const MOST_DIGITS = 15;
/** Python's longest text of a number has 24. */
const MOST_VALUE_BYTES = 40;

/**
 * Adds step, time and value of the latest point of a file whose every line is `<time> <value> <step>`, in plain digits,
 * as MLflow has written nearly all of them since 1.0. Gives `not easy`, and adds nothing, where anything is else, for
 * `readMetricLines` to read. Ten thousand runs have so many files that a text for each field would be most of the work.
 */
export function addLatestOfEasyLines(bytes: Buffer, length: number, numbers: number[]): 'added' | 'not easy' {
  let latest: MetricPoint | undefined;
  for (let at = 0; at < length; ) {
    const timeEnd = endOfWhole(bytes, at);
    if (bytes[timeEnd] !== SPACE) return 'not easy';
    const valueEnd = endOfDecimal(bytes, timeEnd + 1);
    if (bytes[valueEnd] !== SPACE || valueEnd - timeEnd > MOST_VALUE_BYTES) return 'not easy';
    const stepEnd = endOfWhole(bytes, valueEnd + 1);
    if (stepEnd >= length || bytes[stepEnd] !== NEWLINE) return 'not easy';
    const step = wholeOf(bytes, valueEnd + 1, stepEnd);
    const timestamp = wholeOf(bytes, at, timeEnd);
    at = stepEnd + 1;
    if (latest !== undefined && (step < latest.step || (step === latest.step && timestamp < latest.timestamp)))
      continue;
    const point = { step, timestamp, value: Number(bytes.toString('latin1', timeEnd + 1, valueEnd)) };
    if (latest === undefined || comparePoints(latest, point) <= 0) latest = point;
  }
  if (latest === undefined) return 'not easy';
  numbers.push(latest.step, latest.timestamp, latest.value);
  return 'added';
}

/** Where a whole number that starts here ends; nowhere, when it is none or too long to be exact. */
function endOfWhole(bytes: Buffer, start: number): number {
  const digits = bytes[start] === MINUS ? start + 1 : start;
  const end = endOfDigits(bytes, digits);
  return end === digits || end - digits > MOST_DIGITS ? NOWHERE : end;
}

/** Where a decimal number that starts here ends; nowhere, when it is none. */
function endOfDecimal(bytes: Buffer, start: number): number {
  const digits = bytes[start] === MINUS ? start + 1 : start;
  let end = endOfDigits(bytes, digits);
  if (end === digits) return NOWHERE;
  if (bytes[end] === POINT) end = endOfDigits(bytes, end + 1);
  // `e` and `E` differ in one bit.
  if (((bytes[end] ?? 0) | 32) !== 101) return end;
  const sign = bytes[end + 1];
  const exponent = sign === MINUS || sign === PLUS ? end + 2 : end + 1;
  const exponentEnd = endOfDigits(bytes, exponent);
  return exponentEnd === exponent ? NOWHERE : exponentEnd;
}

function endOfDigits(bytes: Buffer, start: number): number {
  let at = start;
  while (isDigit(bytes[at] ?? 0)) at += 1;
  return at;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte < ZERO + 10;
}

function wholeOf(bytes: Buffer, start: number, end: number): number {
  const isNegative = bytes[start] === MINUS;
  let value = 0;
  for (let at = isNegative ? start + 1 : start; at < end; at += 1) value = 10 * value + ((bytes[at] ?? 0) - ZERO);
  return isNegative ? -value : value;
}
