import { escapeForTerminal, formatNumber } from '../../base/text.ts';

/** About the width of a character of the pictures' text, which nobody can measure where scenes are made. */
const CHARACTER_WIDTH = 6.1;

/** A name from anywhere as one line of plain text. */
export function plainName(name: string): string {
  return escapeForTerminal(name);
}

/** The same, cut where it would be wider than this many pixels. Characters of wide scripts count twice. */
export function nameWithin(name: string, width: number): string {
  let room = width / CHARACTER_WIDTH;
  let kept = '';
  for (const character of plainName(name)) {
    room -= /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef\u{1f000}-\u{1faff}]/u.test(character) ? 2 : 1;
    if (room < 0) return `${kept.trimEnd().slice(0, -1)}…`;
    kept += character;
  }
  return kept;
}

export function widthOf(text: string): number {
  return text.length * CHARACTER_WIDTH;
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
