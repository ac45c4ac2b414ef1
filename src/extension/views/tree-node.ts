/** Which colour a node's icon takes. Colour never stands alone: the label or description always says the same in words. */
export type Tone = 'good' | 'bad' | 'warning' | 'quiet' | 'plain';

/** One line of a tree as plain data, so that what a view shows can be tested without an editor. All text is untrusted and plain. */
export interface TreeNode {
  /** Stable over refreshes, so that VS Code keeps what is open and selected. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: string;
  /** A tooltip as Markdown in place of the plain one. The only field that is not plain: whoever makes it has made foreign text inert. */
  readonly markdown?: string;
  /** Present on nodes that can be ticked. */
  readonly checkbox?: 'checked' | 'unchecked';
  /** A codicon's name. */
  readonly icon?: string;
  readonly tone?: Tone;
  /** What a screen reader says instead of label and description. */
  readonly spoken?: string;
  readonly contextValue?: string;
  readonly command?: { readonly id: string; readonly title: string; readonly arguments: readonly unknown[] };
  /** Present on nodes that open; `opened` says whether they start open. */
  readonly children?: readonly TreeNode[];
  readonly opened?: 'opened' | 'closed';
}
