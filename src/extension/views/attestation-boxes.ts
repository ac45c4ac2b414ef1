import * as vscode from 'vscode';
import { COMMANDS, INTERNAL_COMMANDS } from '../ids.ts';
import { type Disposable, DisposableStore } from '../lifecycle.ts';
import type { TreeNode } from './tree-node.ts';
import type { SnapshotTree } from './tree-view.ts';

/**
 * A tick beside an attestation begins the sign-off that holds it. The box shows what is signed and not what was clicked,
 * so it goes back at once, and stays ticked only when the signature is there.
 */
export function keepAttestationBoxes(checklist: SnapshotTree): Disposable {
  const store = new DisposableStore();
  store.add(
    checklist.view.onDidChangeCheckboxState(({ items }) => {
      checklist.redraw();
      const [first] = items;
      if (first !== undefined) tick(first[0]);
    }),
  );
  store.add(vscode.commands.registerCommand(INTERNAL_COMMANDS.tickFocused, () => tickFocused(checklist)));
  return store;
}

function tick(node: TreeNode): void {
  void vscode.commands.executeCommand(node.checkbox === 'checked' ? COMMANDS.revoke : COMMANDS.attest, node);
}

/**
 * Space on a row with a box. VS Code itself ticks a box by mouse only: Space opens the row, and Tab passes the box over.
 * It doesn't tell which row has the focus either, so that row's selection is turned over and the difference looked at.
 */
async function tickFocused(checklist: SnapshotTree): Promise<void> {
  const before = checklist.view.selection;
  await vscode.commands.executeCommand('list.toggleSelection');
  const focused = differenceOf(before, checklist.view.selection);
  if (focused?.checkbox === undefined) {
    await vscode.commands.executeCommand('list.toggleSelection');
    await vscode.commands.executeCommand('list.toggleExpand');
    return;
  }
  await checklist.reveal(focused.id);
  tick(focused);
}

function differenceOf(before: readonly TreeNode[], now: readonly TreeNode[]): TreeNode | undefined {
  return now.find((node) => !before.includes(node)) ?? before.find((node) => !now.includes(node));
}
