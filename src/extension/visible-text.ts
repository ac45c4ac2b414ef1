import { escapeForTerminal } from '../base/text.ts';

const LONGEST_LINE = 300;
const WORD_JOINER = '\u2060';
const NO_BREAK_SPACE = '\u00a0';

/**
 * Names of models, metrics, columns and people come from files that anybody may have written. This makes one line of
 * plain text of them: control and bidirectional characters stand visible, and nothing is longer than a view can bear.
 */
export function visible(text: string): string {
  return visibleUpTo(LONGEST_LINE, text);
}

/** The same for places that bear more, or less. */
export function visibleUpTo(longest: number, text: string): string {
  const line = escapeForTerminal(text);
  return line.length <= longest ? line : `${line.slice(0, longest - 1)}…`;
}

/** For quick picks and the status bar, where VS Code would draw `$(name)` as an icon. */
export function visibleBesideIcons(text: string): string {
  return visible(text).replaceAll('$(', '\\$(');
}

/** For notifications and input boxes, where VS Code would make `[text](command:…)` a link that runs a command. */
export function visibleWithoutLinks(text: string, longest = LONGEST_LINE): string {
  return visibleUpTo(longest, text).replaceAll('](', `]${WORD_JOINER}(`);
}

/** For modals, which draw a line without the spaces that it begins with. */
export function visibleIndented(text: string): string {
  const line = visible(text);
  const indent = line.length - line.trimStart().length;
  return NO_BREAK_SPACE.repeat(indent) + line.slice(indent);
}
