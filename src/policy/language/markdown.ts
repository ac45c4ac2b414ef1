import { escapeForTerminal } from '../../base/text.ts';

const LONGEST = 600;

/** Any text as Markdown that shows just this text: one line, no markup, no links, nothing invisible. */
export function plain(text: string): string {
  const line = escapeForTerminal(text.replaceAll(/\s+/gu, ' '));
  const short = line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1)}…`;
  // Markdown takes a backslash before any ASCII punctuation; editors also make links of bare addresses and drop `<tags>`.
  return short.replaceAll(/[!-/:-@[-`{-~]/gu, '\\$&');
}

/** Any text as inline code. */
export function code(text: string): string {
  const line = escapeForTerminal(text.replaceAll(/\s+/gu, ' '));
  const ticks = '`'.repeat(1 + Math.max(0, ...[...line.matchAll(/`+/gu)].map(([run]) => run.length)));
  const blank = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${ticks}${blank}${line}${blank}${ticks}`;
}

/** A description of our own, which has code between backticks and no other markup. */
export function described(text: string): string {
  return text
    .split('`')
    .map((piece, index) => (index % 2 === 1 ? `\`${piece}\`` : plain(piece)))
    .join('');
}
