import { type BidiPiece, bidiPieces } from '../base/bidi.ts';
import type { Document, Passage as DocumentPassage, Table as DocumentTable } from '../report/document/document.ts';
import type { Picture } from '../report/pictures/picture.ts';

/**
 * The one file that the extension host and the browser side of a panel share. Types, a list, and
 * what both do to names, so that neither pulls in the other's code. The host sends whole documents, never changes; the panel sends wishes by id and decides nothing.
 */

/** See `bidiPieces`: the browser side knows this file alone. */
export function piecesOf(text: string): readonly BidiPiece[] {
  return bidiPieces(text);
}

export type Table = DocumentTable;
export type Column = Table['columns'][number];
export type RowGroup = Table['groups'][number];
export type Row = RowGroup['rows'][number];
export type Cell = Row['cells'][number];
export type Passage = DocumentPassage;

/** A picture without its CSV, which the host keeps: see `copy`. */
export type ShownPicture = Omit<Picture, 'csv' | 'scene'> & { readonly scene: PackedScene };

/** See `packScene`: tag, attributes, and then its children. */
export type PackedNode = readonly [
  tag: Node['tag'],
  attributes: Node['attributes'],
  ...children: (PackedNode | string)[],
];
export interface PackedScene {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PackedNode[];
}
type Node = Picture['scene']['nodes'][number];

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

/** What a panel shows: a document, its pictures, and what can be done with it. */
export interface PanelDocument extends Document {
  /** `passages beside` where there is room for both: what is said in words, and the text that it is said of. */
  readonly layout?: 'passages beside';
  readonly pictures?: { readonly sections: readonly PictureSection[]; readonly words: PictureWords };
  /** The picture to bring into view; `request` is another number whenever somebody asks, so that it is done once. */
  readonly focus?: { readonly picture: string; readonly request: number };
  /** The label of the switch that hides rows which need nobody; absent where there is nothing to hide. */
  readonly filter?: string;
  readonly actions: readonly {
    readonly action: PanelAction;
    readonly label: string;
    readonly appearance: 'primary' | 'secondary';
  }[];
}

export const PANEL_ACTIONS = ['signOff', 'check', 'openMetrics', 'openReport', 'saveReport', 'verify'] as const;
export type PanelAction = (typeof PANEL_ACTIONS)[number];

export const PANEL_KINDS = ['report', 'metrics', 'comparison', 'verdict', 'review'] as const;
export type PanelKind = (typeof PANEL_KINDS)[number];

/** What a panel is about, kept by its page so that it comes back after a reload. */
export interface KeptPanel {
  readonly kind: PanelKind;
  /** Which run, environment or branch: see who shows it. */
  readonly about: readonly string[];
}

export type ToPanel =
  /** `notice` says why what was shown has changed; empty where a person asked for it. */
  | { readonly type: 'show'; readonly document: PanelDocument; readonly panel: KeptPanel; readonly notice: string }
  /** What is shown stays, and this is said of it. */
  | { readonly type: 'notice'; readonly notice: string };

export type FromPanel =
  /** Sent once the page listens; messages posted before it would be lost. */
  | { readonly type: 'ready' }
  | { readonly type: 'reveal'; readonly check: string }
  /** Opens a file that the assessment names as evidence. */
  | { readonly type: 'open'; readonly evidence: string }
  | { readonly type: 'act'; readonly action: PanelAction }
  /** Puts a picture's CSV into the clipboard: the host has it, the page names it. */
  | { readonly type: 'copy'; readonly picture: string };
