import type { Standing } from './status.ts';

/** How text is set off on a terminal. The plain style leaves every word as it is: files and pipes get no escape codes. */
export interface TerminalStyle {
  readonly status: (standing: Standing, text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

const unchanged = (text: string): string => text;

export const PLAIN_STYLE: TerminalStyle = {
  status: (_standing, text) => text,
  good: unchanged,
  bad: unchanged,
  strong: unchanged,
  faint: unchanged,
};

const wrapIn =
  (open: number, close: number) =>
  (text: string): string =>
    `\u001b[${open}m${text}\u001b[${close}m`;

const green = wrapIn(32, 39);
const red = wrapIn(31, 39);
const yellow = wrapIn(33, 39);

const STATUS_COLOURS: Readonly<Record<Standing, (text: string) => string>> = {
  pass: green,
  fail: red,
  uncertain: yellow,
  not_evaluable: red,
  pending: yellow,
  waived: yellow,
  accepted: yellow,
  attested: green,
  not_applicable: wrapIn(2, 22),
};

/** Basic ANSI colours, which every terminal maps to its own theme. */
export const COLOUR_STYLE: TerminalStyle = {
  status: (standing, text) => STATUS_COLOURS[standing](text),
  good: green,
  bad: red,
  strong: wrapIn(1, 22),
  faint: wrapIn(2, 22),
};
