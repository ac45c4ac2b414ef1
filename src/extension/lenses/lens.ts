/** A few words above a line of a text, as plain data, so that what they say can be tested without an editor. All text is plain. */
export interface Lens {
  /** Where in the text the line begins. */
  readonly offset: number;
  readonly words: string;
  readonly tooltip?: string;
  /** What a click does; words without one are only read. */
  readonly command?: { readonly id: string; readonly arguments: readonly unknown[] };
}
