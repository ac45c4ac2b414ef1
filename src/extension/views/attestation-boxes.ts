import * as vscode from 'vscode';
import { COMMANDS } from '../ids.ts';
import type { Disposable } from '../lifecycle.ts';
import type { SnapshotTree } from './tree-view.ts';

/**
 * A tick beside an attestation begins the sign-off that holds it. The box shows what is signed and not what was clicked,
 * so it goes back at once, and stays ticked only when the signature is there.
 */
export function keepAttestationBoxes(checklist: SnapshotTree): Disposable {
  return checklist.view.onDidChangeCheckboxState(({ items }) => {
    checklist.redraw();
    const [first] = items;
    if (first === undefined) return;
    const [node] = first;
    void vscode.commands.executeCommand(node.checkbox === 'checked' ? COMMANDS.revoke : COMMANDS.attest, node);
  });
}
