import { escapeForTerminal, formatNumber } from '../../base/text.ts';

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

/** `12.3 %` */
export function percent(share: number): string {
  if (!Number.isFinite(share)) return '–';
  return `${formatNumber(Number((share * 100).toPrecision(3)))} %`;
}

/** For axes and cells with little room: `4,884`, `1.2M`. */
export function shortNumber(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e9) return `${formatNumber(Number((value / 1e9).toPrecision(3)))}G`;
  if (size >= 1e6) return `${formatNumber(Number((value / 1e6).toPrecision(3)))}M`;
  if (size >= 1e4) return `${formatNumber(Number((value / 1e3).toPrecision(3)))}k`;
  return formatNumber(size >= 100 ? Math.round(value) : Number(value.toPrecision(3)));
}
