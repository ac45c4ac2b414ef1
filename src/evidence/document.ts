/** A heading of a Markdown document and what stands below it, up to the next heading of the same or a higher level. */
export interface DocumentSection {
  readonly title: string;
  /** 1 for `#`, 6 for `######`. */
  readonly level: number;
  /** The line that the heading stands on, from 1. */
  readonly line: number;
  /** The text below, subsections included, without headings and comments. */
  readonly text: string;
}

export interface MarkdownDocument {
  /** The YAML between the first `---` and the next, if the document starts with it. */
  readonly frontMatter: string | undefined;
  readonly sections: readonly DocumentSection[];
}

interface Line {
  readonly number: number;
  readonly text: string;
  readonly heading: { readonly level: number; readonly title: string } | undefined;
}

const PLACEHOLDER = /\[\s*more information needed\s*\]/i;
/** What a template or a hurried author leaves in place of a text, alone on its line. */
const STAND_IN = new RegExp(
  `^(?:${[
    'to[ -]?do|tb[acd]|t\\.b\\.[acd]|fixme|wip|xxx|n\\/a|\\.\\.\\.|…|placeholder|coming soon|work in progress',
    'to be (?:added|completed|confirmed|decided|defined|determined|done|written)',
    '(?:fill|insert|write|add)(?: (?:in|me|this|text|your text|here))+',
    // The same in the languages that cards are written in most.
    '(?:noch )?(?:auszufüllen|zu ergänzen|zu definieren|offen)|folgt|à (?:compléter|définir|venir|remplir|rédiger)',
    '(?:por|a) (?:completar|definir|preencher)|pendiente|pendente|da (?:completare|definire|compilare)',
    '(?:nog )?(?:in te vullen|aan te vullen)|volgt|do uzupełnienia|待补充|待定|待完善|待補充|未定|未記入|作成中|準備中|미정|작성 예정|작성 중',
  ].join('|')})`,
  'iu',
);
/** `[Your text here]`, where a link would have its address behind it. */
const TO_FILL_IN = /^\[\s*(?:your|insert|describe|add|enter|fill|write|provide|specify|explain)\b[^[\]]*\][\s.]*$/i;
/** With these in front, a line says what is still to be written. */
const STILL_TO_DO = /^(?:(?:TODO|TBD|FIXME)\b|[Tt]odo[ \t]*:|[Tt]bd[ \t]*:|[Ff]ixme[ \t]*:)/;
const BLIND_TEXT = /\blorem ipsum\b/i;
/** A template's variable, as in Hugging Face's own card: `{{ model_summary | default("", true) }}`. */
const TEMPLATE_TAG = /\{[{%][^{}]*[%}]\}/g;
/** Renders as nothing; `[//]: # (text)` is how Markdown comments are written. */
const LINK_DEFINITION = /^ {0,3}\[(?!\^)[^\]]+\]:/;
/** `[^1]: text` stands where a footnote is referred to by `[^1]`; one that nothing refers to renders as nothing. */
const FOOTNOTE = /^ {0,3}\[\^([^[\]\s]+)\]:/;
const FOOTNOTE_REFERENCE = /\[\^([^[\]\s]+)\](?!:)/g;

/**
 * Reads the headings of a Markdown document (`#` and underlined ones), skipping front matter, fenced code and comments.
 * It never fails: any text is some document.
 */
export function readMarkdown(text: string): MarkdownDocument {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  const frontMatterEnd = frontMatterEndOf(lines);
  const scanned = scan(lines, frontMatterEnd === undefined ? 0 : frontMatterEnd + 1);
  return {
    frontMatter: frontMatterEnd === undefined ? undefined : lines.slice(1, frontMatterEnd).join('\n'),
    sections: sectionsOf(withoutOrphanedFootnotes(scanned)),
  };
}

/** Titles compare without case, numbering, emphasis, links and trailing colons. */
export function sameTitle(a: string, b: string): boolean {
  return plainTitle(a) === plainTitle(b);
}

/** Whether somebody wrote something in the section. */
export function isWritten(section: DocumentSection): boolean {
  const lines = section.text.split('\n');
  // The names of a table's columns say nothing without a row below them.
  return saysSomething(lines.filter((_, index) => !isTableRule(lines[index + 1] ?? '')).join('\n'));
}

/**
 * Whether a line of the text is somebody's own: lines that are empty, "TODO", a template's variable, blind text or the
 * model-card template's `[More Information Needed]` (with the label before it) are not, nor are tags and blanks of HTML
 * alone, and what renders as nothing.
 */
export function saysSomething(text: string): boolean {
  return text.split('\n').some((raw) => {
    if (LINK_DEFINITION.test(raw)) return false;
    const line = raw
      .replace(FOOTNOTE, ' ')
      .replaceAll(TEMPLATE_TAG, ' ')
      .replaceAll(/<(?!img\b|[a-z]+:)[^<>]*>/gi, ' ')
      .replaceAll(BLANK_ENTITY, ' ');
    if (PLACEHOLDER.test(line) || BLIND_TEXT.test(line)) return false;
    // One pass each: a pattern for the whole line would go back over it again and again.
    const own = line.replace(/^[\s>*_`-]+/, '');
    if (STILL_TO_DO.test(own) || TO_FILL_IN.test(own)) return false;
    return /[^\s.:!*_`-]/.test(own.replace(STAND_IN, '')) && /[\p{L}\p{N}]/u.test(line);
  });
}

/** What stands below the names of a table's columns: `| --- | :-: |`. */
function isTableRule(line: string): boolean {
  return /^[|:\- \t]+$/.test(line) && line.includes('|') && line.includes('-');
}

/** Blanks, and characters by their number, which nobody writes a sentence with. */
const BLANK_ENTITY = /&(?:nbsp|ensp|emsp|thinsp|zwnj|zwj|shy|#x?[0-9a-f]{1,6});/gi;

function frontMatterEndOf(lines: readonly string[]): number | undefined {
  if (lines[0]?.trimEnd() !== '---') return undefined;
  const end = lines.findIndex((line, index) => index > 0 && /^(?:---|\.\.\.)\s*$/.test(line));
  return end < 0 ? undefined : end;
}

function scan(lines: readonly string[], start: number): Line[] {
  const scanned: Line[] = [];
  let fence: string | undefined;
  let inComment = false;
  for (let index = start; index < lines.length; index += 1) {
    const raw = lines[index] as string;
    if (fence !== undefined) {
      if (closesFence(raw, fence)) fence = undefined;
      else scanned.push({ number: index + 1, text: raw, heading: undefined });
      continue;
    }
    const uncommented = withoutComments(raw, inComment);
    inComment = uncommented.inComment;
    const text = uncommented.text;
    fence = fenceOf(text);
    if (fence !== undefined) continue;
    const underlined = underlineLevel(text);
    const above = scanned.at(-1);
    if (
      underlined !== undefined &&
      above &&
      above.number === index &&
      above.heading === undefined &&
      isParagraph(above.text)
    ) {
      scanned.pop();
      scanned.push({ number: above.number, text: '', heading: { level: underlined, title: above.text.trim() } });
      continue;
    }
    scanned.push({ number: index + 1, text, heading: headingOf(text) });
  }
  return scanned;
}

function withoutOrphanedFootnotes(lines: readonly Line[]): readonly Line[] {
  const referred = new Set(
    lines.flatMap(({ text }) => [...text.matchAll(FOOTNOTE_REFERENCE)].map(([, label]) => label?.toLowerCase())),
  );
  return lines.filter(({ text }) => {
    const label = FOOTNOTE.exec(text)?.[1];
    return label === undefined || referred.has(label.toLowerCase());
  });
}

function fenceOf(text: string): string | undefined {
  const [whole = '', fence] = /^ {0,3}(`{3,}|~{3,})/.exec(text) ?? [];
  return fence?.startsWith('`') === true && text.includes('`', whole.length) ? undefined : fence;
}

function headingOf(text: string): Line['heading'] {
  const [whole = '', marks] = /^ {0,3}(#{1,6})(?![^ \t])/.exec(text) ?? [];
  return marks === undefined ? undefined : { level: marks.length, title: withoutClosing(text.slice(whole.length)) };
}

/** The title without the blanks around it, and without the `#`s that may close it. */
function withoutClosing(text: string): string {
  const title = trimBlanks(text);
  let end = title.length;
  while (title[end - 1] === '#') end -= 1;
  const isClosing = end < title.length && (end === 0 || isBlank(title[end - 1]));
  return isClosing ? trimBlanks(title.slice(0, end)) : title;
}

function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text[start])) start += 1;
  while (end > start && isBlank(text[end - 1])) end -= 1;
  return text.slice(start, end);
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}

function underlineLevel(text: string): number | undefined {
  if (/^ {0,3}=+[ \t]*$/.test(text)) return 1;
  return /^ {0,3}-{2,}[ \t]*$/.test(text) ? 2 : undefined;
}

function isParagraph(text: string): boolean {
  return text.trim() !== '' && !/^\s*(?:[-*+>|]|\d+[.)])/.test(text) && !/^(?: {4}|\t)/.test(text);
}

function closesFence(text: string, fence: string): boolean {
  const match = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(text)?.[1];
  return match !== undefined && match[0] === fence[0] && match.length >= fence.length;
}

function withoutComments(line: string, startsInComment: boolean): { text: string; inComment: boolean } {
  let text = '';
  let inComment = startsInComment;
  let at = 0;
  while (at < line.length) {
    const mark = inComment ? '-->' : '<!--';
    const next = line.indexOf(mark, at);
    if (!inComment) text += next < 0 ? line.slice(at) : line.slice(at, next);
    if (next < 0) break;
    inComment = !inComment;
    at = next + mark.length;
  }
  return { text, inComment };
}

function sectionsOf(lines: readonly Line[]): DocumentSection[] {
  const headings = lines.flatMap((line, index) =>
    line.heading ? [{ ...line.heading, index, line: line.number }] : [],
  );
  const ends = endsOf(headings, lines.length);
  return headings.map(({ level, title, index, line }, order) => {
    const body = lines.slice(index + 1, ends[order]).filter((inside) => inside.heading === undefined);
    return { title, level, line, text: body.map((inside) => inside.text).join('\n') };
  });
}

/** Where each section ends: at the next heading of its level or a higher one. */
function endsOf(headings: readonly { readonly level: number; readonly index: number }[], last: number): number[] {
  const ends = headings.map(() => last);
  const open: number[] = [];
  for (const [order, { level, index }] of headings.entries()) {
    for (let top = open.at(-1); top !== undefined && (headings[top]?.level ?? 0) >= level; top = open.at(-1)) {
      ends[top] = index;
      open.pop();
    }
    open.push(order);
  }
  return ends;
}

/** What a title is compared by: without case, numbering, emphasis, links and a trailing colon. */
export function plainTitle(title: string): string {
  const plain = title
    .replaceAll(/\[([^[\]]*)\]\([^()]*\)/g, '$1')
    .replaceAll(/[*_`~]/g, '')
    .replace(/^\s*\d+(?:\.\d+)*[.)]?\s+/, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return (plain.endsWith(':') ? plain.slice(0, -1).trimEnd() : plain).toLowerCase();
}
