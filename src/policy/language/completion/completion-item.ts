/** What kind of thing a completion is; editors draw an icon for it. */
export type CompletionKind =
  | 'key'
  | 'kind'
  | 'word'
  | 'metric'
  | 'logged metric'
  | 'column'
  | 'value'
  | 'name'
  | 'person'
  | 'run'
  | 'file'
  | 'check';

export interface CompletionItem {
  readonly label: string;
  readonly kind: CompletionKind;
  /** A few words beside the label. Plain text. */
  readonly detail?: string | undefined;
  /** Markdown in which everything from files is escaped. */
  readonly documentation?: string | undefined;
  /** What is put in: as it is, or a snippet with slots where `insertAs` says so. */
  readonly insert: string;
  readonly insertAs: 'text' | 'snippet';
  /** Items are shown by this, then by label. */
  readonly rank: number;
  /** Whether what follows can be completed, too. */
  readonly afterwards?: 'complete again';
  /** What the schema alone would have offered as well. */
  readonly source: 'schema' | 'beyond the schema';
}

/** A text within a snippet, so that it stands for itself. */
export function inSnippet(text: string): string {
  return text.replaceAll(/[\\$}]/gu, '\\$&');
}

/** A place in a snippet that the next Tab goes to, with a text that is there to be replaced. */
export function slot(number: number, text: string): string {
  return `\${${number}:${inSnippet(text)}}`;
}

/** A slot that takes one of some words. */
export function wordSlot(number: number, words: readonly string[]): string {
  return `\${${number}|${words.join(',')}|}`;
}
