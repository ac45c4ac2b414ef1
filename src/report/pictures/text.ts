import { escapeForTerminal, formatNumber, formatNumberAgainst } from '../../base/text.ts';

/**
 * About how wide characters are in the pictures' text, in pixels, which nobody can measure where scenes are made. They
 * are those of a wide font (DejaVu Sans at 11 pixels), so that in others there is only more room.
 */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef\u{1f000}-\u{1faff}]/u, 12],
  [/[ilj.,:;'|!’ ]/u, 3.5],
  [/[frt()[\]/“”I-]/u, 4.4],
  [/[mwMW%@…]/u, 10.8],
  [/[\p{Lu}\p{N}]/u, 7.4],
];
const USUAL_WIDTH = 6.7;
const BOLDER = 1.12;

/** A name from anywhere as one line of plain text. */
export function plainName(name: string): string {
  return escapeForTerminal(name);
}

type Weight = 'usual' | 'bold';

/** The same, cut where it would be wider than this many pixels. */
export function nameWithin(name: string, width: number, weight: Weight = 'usual'): string {
  const plain = plainName(name);
  if (widthOf(plain, weight) <= width) return plain;
  let room = width - widthOf('…', weight);
  let kept = '';
  for (const character of plain) {
    room -= widthOf(character, weight);
    if (room < 0) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** About how many pixels a text takes. */
export function widthOf(text: string, weight: Weight = 'usual'): number {
  let width = 0;
  for (const character of text) width += WIDTHS.find(([which]) => which.test(character))?.[1] ?? USUAL_WIDTH;
  return weight === 'bold' ? width * BOLDER : width;
}

/** `12.3 %`; what is not all is never written as 100 %. */
export function percent(share: number): string {
  if (!Number.isFinite(share)) return '–';
  const rounded = Number((share * 100).toPrecision(SHORT));
  const shown = rounded === 100 ? formatNumberAgainst(share * 100, 100) : formatNumber(rounded);
  return `${shown} %`;
}

/** As many digits as there is room for in most places, and as many as there have to be in some. */
const SHORT = 3;
const LONGEST = 9;
const UNITS = [
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const;
/** From here on a unit is written instead of the digits. */
const FROM_UNITS = 1e4;

/** For cells with little room: `4,884`, `1.2M`. */
export function shortNumber(value: number): string {
  return numberOfDigits(value, SHORT).text;
}

/**
 * How the numbers of one axis are written: as short as may be, but none rounded, since marks at 0.9985 and 0.999 that both
 * say 0.999 would tell something else than where they stand.
 */
export function axisNumber(values: readonly number[]): (value: number) => string {
  let digits = SHORT;
  const isExact = (value: number): boolean =>
    Math.abs(numberOfDigits(value, digits).value - value) <= 1e-9 * Math.abs(value);
  while (digits < LONGEST && !values.every(isExact)) digits += 1;
  return (value) => numberOfDigits(value, digits).text;
}

function numberOfDigits(value: number, digits: number): { readonly text: string; readonly value: number } {
  const size = Math.abs(value);
  const [unit, symbol] = (size >= FROM_UNITS && UNITS.find(([each]) => size >= each)) || ([1, ''] as const);
  const isWhole = unit === 1 && size >= 100 && digits === SHORT;
  const shown = isWhole ? Math.round(value) : Number((value / unit).toPrecision(digits));
  // Four are the most that `formatNumber` leaves.
  const text = digits <= 4 || Number.isInteger(shown) ? formatNumber(shown) : String(shown);
  return { text: `${text}${symbol}`, value: shown * unit };
}
