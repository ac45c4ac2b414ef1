const HOUR = 3_600_000;
const UNITS: Readonly<Record<string, number>> = { h: HOUR, d: 24 * HOUR, w: 7 * 24 * HOUR };

/** A duration such as `90d`, `12h` or `2w` in milliseconds; undefined when it is none. Days have 24 hours. */
export function durationMilliseconds(text: string): number | undefined {
  const [, count, unit] = /^([1-9][0-9]{0,5})([hdw])$/u.exec(text) ?? [];
  const length = UNITS[unit ?? ''];
  return count === undefined || length === undefined ? undefined : Number(count) * length;
}
