/**
 * What is told of an assessment, a verdict or two runs, as data: every text is plain, ready and in the reader's language.
 * The panels, the HTML report and Markdown show the same document, so that nothing is said twice in different words.
 */

export type CellTone = 'good' | 'bad' | 'warning' | 'quiet' | 'plain';

/** One cell of a table: plain text, shown as it is. */
export interface Cell {
  readonly text: string;
  readonly tone?: CellTone;
  /** Drawn before the text; the text says the same in words. */
  readonly symbol?: string;
  /** Smaller, below the text, a line each. */
  readonly notes?: readonly string[];
  /** Numbers stand in columns, right-aligned and in digits of equal width. */
  readonly kind?: 'number' | 'code' | 'text';
  /** The check that a click on the cell reveals in the policy. */
  readonly reveals?: string;
  /** The evidence file that a click on the cell opens; `path` as the assessment names it. */
  readonly opens?: string;
}

export interface Column {
  readonly title: string;
  readonly kind?: 'number' | 'code' | 'text';
}

export interface Table {
  readonly id: string;
  readonly title: string;
  /** A sentence under the title. */
  readonly lead?: string;
  readonly columns: readonly Column[];
  readonly groups: readonly RowGroup[];
}

/** Rows under one heading within a table, so that groups share their columns. */
export interface RowGroup {
  readonly title?: string;
  readonly rows: readonly Row[];
}

export interface Row {
  readonly id: string;
  readonly cells: readonly Cell[];
  /** Rows that need somebody stay when the filter is on. */
  readonly attention: 'needed' | 'none';
}

export interface Fact {
  readonly name: string;
  readonly value: string;
  readonly kind?: 'code' | 'text';
}

/** A section of prose; `code` is to be copied as it stands. */
export interface Passage {
  readonly id: string;
  readonly title: string;
  readonly paragraphs: readonly (string | { readonly code: string })[];
}

export interface VerdictLine {
  readonly text: string;
  readonly tone: CellTone;
  readonly symbol: string;
}

export interface Document {
  readonly title: string;
  readonly subtitle: string;
  readonly verdict?: VerdictLine;
  readonly facts: readonly Fact[];
  readonly tables: readonly Table[];
  readonly passages?: readonly Passage[];
  /** Small print at the end. */
  readonly footnotes: readonly string[];
}
