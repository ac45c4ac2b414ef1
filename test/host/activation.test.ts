import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { hostTest } from './harness.ts';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { command: string }[];
    readonly views: Readonly<Record<string, readonly { id: string }[]>>;
  };
}

function ourExtension(): vscode.Extension<unknown> {
  const extension = vscode.extensions.getExtension('model-signoff.model-signoff');
  assert.ok(extension, 'VS Code does not know the extension');
  return extension;
}

hostTest('a folder with a policy activates the extension', async () => {
  await ourExtension().activate();
  assert.equal(ourExtension().isActive, true);
});

hostTest('every command of the manifest can be run', async () => {
  const manifest = ourExtension().packageJSON as Manifest;
  const registered = new Set(await vscode.commands.getCommands(true));
  const missing = manifest.contributes.commands.map(({ command }) => command).filter((id) => !registered.has(id));
  assert.deepEqual(missing, []);
});

hostTest('every view of the manifest can be shown', async () => {
  const manifest = ourExtension().packageJSON as Manifest;
  for (const { id } of Object.values(manifest.contributes.views).flat()) {
    await vscode.commands.executeCommand(`${id}.focus`);
  }
});
