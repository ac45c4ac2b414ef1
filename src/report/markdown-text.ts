import { escapeForTerminal } from '../base/text.ts';

/** What CommonMark and GitHub read as more than itself within a line, a table's cell included. */
const MARKUP = /[\\`*_[\]<>#|~&$]|:(?=\/\/)|(?<=\bwww)\./g;
/** What would begin a list, a heading's underline or code, where the text is the first of its line. */
const BEGINNING = /^(?:[-+=]|\d+(?=[.)](?:\s|$))|(?= ))/;
/** Would notify a person on GitHub and GitLab; an address of mail does not. */
const MENTION = /(?<!\w)@(?=\w)/g;

/** Untrusted text as one line of Markdown that shows it as it is: no links, images, HTML, formatting or mentions. */
export function escapeForMarkdown(text: string): string {
  return escapeForTerminal(text)
    .replaceAll(MARKUP, (character) => `\\${character}`)
    .replaceAll(MENTION, '@&#8203;')
    .replace(BEGINNING, (marker) => (/^\d/.test(marker) ? `${marker}\\` : marker === '' ? '&#8203;' : `\\${marker}`));
}

/** A table; cells are ready Markdown, each on one line. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)];
}
