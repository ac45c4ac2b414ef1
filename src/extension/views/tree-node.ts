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
  /** What only the icon shows, in words: a screen reader says it last. */
  readonly spokenToo?: string;
  readonly contextValue?: string;
  readonly command?: { readonly id: string; readonly title: string; readonly arguments: readonly unknown[] };
  /** Present on nodes that open; `opened` says whether they start open. */
  readonly children?: readonly TreeNode[];
  readonly opened?: 'opened' | 'closed';
}

/**
 * What a screen reader says. It begins with the text that is seen, whole and in its order (WCAG 2.5.3, label in name):
 * who drives the editor by voice says what is read on the screen.
 */
export function spokenText({ label, description = '', spokenToo = '' }: TreeNode): string {
  return [label, description, spokenToo].filter((text) => text !== '').join(', ');
}

/** What a hover says: all that a narrow view cuts off, then what there is to know besides. */
export function tooltipText({ label, description = '', tooltip = '' }: TreeNode): string {
  const isSaid = tooltip.includes(description === '' ? label : description);
  if (isSaid) return tooltip;
  const line = description === '' ? label : `${label}: ${description}`;
  return tooltip === '' ? line : `${line}\n${tooltip}`;
}
