import type { Picture } from '../report/pictures/picture.ts';

/**
 * The one file that the extension host and the browser side of a panel share. Types and a list, so that neither pulls in the
 * other's code. The host sends whole documents, never changes; the panel sends wishes by id and decides nothing.
 */

export type CellTone = 'good' | 'bad' | 'warning' | 'quiet' | 'plain';

/** One cell of a table: plain text, shown as it is. */
export interface Cell {
  readonly text: string;
  readonly tone?: CellTone;
  /** Drawn before the text; the text says the same in words. */
  readonly symbol?: string;
  /** Smaller, below the text. */
  readonly note?: string;
  /** Numbers stand in columns, right-aligned and in digits of equal width. */
  readonly kind?: 'number' | 'code' | 'text';
  /** The check that a click on the cell reveals in the policy. */
  readonly reveals?: string;
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

/** A picture without its CSV, which the host keeps: see `copy`. */
export type ShownPicture = Omit<Picture, 'csv'>;
export type Scene = Picture['scene'];
export type SceneNode = Scene['nodes'][number];
export type DataTable = Picture['table'];
export type ThresholdSlider = NonNullable<Picture['slider']>;

/** Pictures under a heading that can be closed. */
export interface PictureSection {
  readonly id: string;
  readonly title: string;
  readonly pictures: readonly ShownPicture[];
}

/** What stands on the controls of pictures, in the reader's language. */
export interface PictureWords {
  readonly table: string;
  readonly copyPng: string;
  readonly copySvg: string;
  readonly copyCsv: string;
  readonly copied: string;
  readonly notCopied: string;
  /** Of the slider: what stands before the policy's own threshold, and over the columns. */
  readonly policyThreshold: string;
  readonly backToPolicy: string;
  readonly reading: string;
  readonly atThreshold: string;
  readonly atPolicy: string;
  readonly bound: string;
  readonly holds: string;
  readonly holdsNot: string;
  /** What is read before a point was chosen. */
  readonly hint: string;
}

/** What a panel shows: a title, a verdict in one sentence, facts, pictures, tables. */
export interface PanelDocument {
  readonly title: string;
  readonly subtitle: string;
  readonly verdict?: { readonly text: string; readonly tone: CellTone; readonly symbol: string };
  readonly facts: readonly Fact[];
  readonly pictures?: { readonly sections: readonly PictureSection[]; readonly words: PictureWords };
  /** The picture to bring into view; `request` is another number whenever somebody asks, so that it is done once. */
  readonly focus?: { readonly picture: string; readonly request: number };
  readonly tables: readonly Table[];
  /** The label of the switch that hides rows which need nobody; absent where there is nothing to hide. */
  readonly filter?: string;
  readonly actions: readonly {
    readonly action: PanelAction;
    readonly label: string;
    readonly appearance: 'primary' | 'secondary';
  }[];
  /** Small print at the end. */
  readonly footnotes: readonly string[];
}

export const PANEL_ACTIONS = ['signOff', 'check', 'openMetrics', 'openReport', 'verify'] as const;
export type PanelAction = (typeof PANEL_ACTIONS)[number];

export type ToPanel = { readonly type: 'show'; readonly document: PanelDocument };

export type FromPanel =
  /** Sent once the page listens; messages posted before it would be lost. */
  | { readonly type: 'ready' }
  | { readonly type: 'reveal'; readonly check: string }
  | { readonly type: 'act'; readonly action: PanelAction }
  /** Puts a picture's CSV into the clipboard: the host has it, the page names it. */
  | { readonly type: 'copy'; readonly picture: string };
