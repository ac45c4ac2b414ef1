import * as vscode from 'vscode';
import { withIsolates } from '../../base/bidi.ts';
import { markdownOf } from '../language/markdown.ts';
import { type Disposable, DisposableStore } from '../lifecycle.ts';
import type { SignoffState } from '../state/signoff-state.ts';
import type { Snapshot } from '../state/snapshot.ts';
import { t } from '../translation.ts';
import { spokenText, type Tone, type TreeNode, tooltipText } from './tree-node.ts';

const COLOURS: Readonly<Record<Tone, string | undefined>> = {
  good: 'testing.iconPassed',
  bad: 'testing.iconFailed',
  warning: 'list.warningForeground',
  quiet: 'descriptionForeground',
  plain: undefined,
};

/** A view of VS Code that shows what a function makes of the newest snapshot. */
export class SnapshotTree implements vscode.TreeDataProvider<TreeNode>, Disposable {
  readonly view: vscode.TreeView<TreeNode>;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<void>());
  readonly #parents = new Map<TreeNode, TreeNode>();
  readonly #state: SignoffState;
  readonly #makeNodes: (snapshot: Snapshot) => readonly TreeNode[];
  #roots: readonly TreeNode[] = [];
  #shown = '';

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(
    id: string,
    state: SignoffState,
    makeNodes: (snapshot: Snapshot) => readonly TreeNode[],
    selection: 'one' | 'several' = 'one',
  ) {
    this.#state = state;
    this.#makeNodes = makeNodes;
    this.view = this.#store.add(
      vscode.window.createTreeView<TreeNode>(id, {
        treeDataProvider: this,
        showCollapseAll: false,
        canSelectMany: selection === 'several',
        // What a box stands for is signed, so a click alone changes nothing.
        manageCheckboxStateManually: true,
      }),
    );
    this.#store.add(state.onDidChange(() => this.#renew()));
    this.#renew();
  }

  get roots(): readonly TreeNode[] {
    return this.#roots;
  }

  getChildren(node?: TreeNode): TreeNode[] {
    return [...(node === undefined ? this.#roots : (node.children ?? []))];
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return this.#parents.get(node);
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    const item = new vscode.TreeItem(withIsolates(node.label), collapsibleState(node));
    item.id = node.id;
    if (node.description !== undefined) item.description = withIsolates(node.description);
    // A plain string is shown as it is; the Markdown is ours, with all that others wrote made inert.
    item.tooltip =
      node.markdown === undefined ? withIsolates(tooltipText(node)) : markdownOf([withIsolates(node.markdown)]);
    if (node.checkbox !== undefined) item.checkboxState = checkboxOf(node);
    if (node.icon !== undefined) item.iconPath = iconOf(node.icon, node.tone);
    // Without it a screen reader would read the tooltip, which is long.
    item.accessibilityInformation = { label: spokenText(node) };
    if (node.contextValue !== undefined) item.contextValue = node.contextValue;
    if (node.command !== undefined) {
      const { id, title, arguments: values } = node.command;
      item.command = { command: id, title, arguments: [...values] };
    }
    return item;
  }

  /** The node of that id, wherever it is. */
  find(id: string): TreeNode | undefined {
    return this.#roots.find((root) => root.id === id) ?? [...this.#parents.keys()].find((node) => node.id === id);
  }

  /** Selects the node of that id and opens what it stands in; nothing where there is none. */
  async reveal(id: string): Promise<void> {
    const node = this.find(id);
    if (node !== undefined) await this.view.reveal(node, { select: true, focus: true, expand: true });
  }

  /** Draws every node as it is, whatever a click has made of it on the screen. */
  redraw(): void {
    this.#changed.fire();
  }

  /** Shows anew what else than the snapshot has an influence on. */
  renew(): void {
    this.#renew();
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** Nothing is redrawn unless something differs, so that a re-check every second would not flicker. */
  #renew(): void {
    const roots = this.#makeNodes(this.#state.snapshot);
    const shown = JSON.stringify(roots);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#roots = roots;
    this.#parents.clear();
    for (const root of roots) this.#rememberParents(root);
    this.#changed.fire();
  }

  #rememberParents(node: TreeNode): void {
    for (const child of node.children ?? []) {
      this.#parents.set(child, node);
      this.#rememberParents(child);
    }
  }
}

function collapsibleState(node: TreeNode): vscode.TreeItemCollapsibleState {
  if (node.children === undefined) return vscode.TreeItemCollapsibleState.None;
  return node.opened === 'opened'
    ? vscode.TreeItemCollapsibleState.Expanded
    : vscode.TreeItemCollapsibleState.Collapsed;
}

function checkboxOf({ checkbox, label }: TreeNode): NonNullable<vscode.TreeItem['checkboxState']> {
  const isChecked = checkbox === 'checked';
  const { Checked, Unchecked } = vscode.TreeItemCheckboxState;
  return {
    state: isChecked ? Checked : Unchecked,
    tooltip: isChecked ? t('Attested') : t('Attest and sign off'),
    accessibilityInformation: { label, role: 'checkbox' },
  };
}

function iconOf(icon: string, tone: Tone | undefined): vscode.ThemeIcon {
  const colour = COLOURS[tone ?? 'plain'];
  return colour === undefined ? new vscode.ThemeIcon(icon) : new vscode.ThemeIcon(icon, new vscode.ThemeColor(colour));
}
