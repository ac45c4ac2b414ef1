// The door to the extension under test: what `activate` returns inside tests.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as vscode from 'vscode';
import type { TestingApi } from '../../src/extension/testing-api.ts';
import type { TreeNode } from '../../src/extension/views/tree-node.ts';
import type { ScriptedPrompts } from './scripted-prompts.ts';

export async function ourExtension(): Promise<TestingApi> {
  const extension = vscode.extensions.getExtension<TestingApi>('model-signoff.model-signoff');
  assert.ok(extension, 'VS Code does not know the extension');
  return extension.activate();
}

/** Runs one of our commands while `prompts` answers, and resolves to what the command achieved. */
export async function runWith(prompts: ScriptedPrompts, command: string, ...values: unknown[]): Promise<unknown> {
  const { restore } = (await ourExtension()).answerWith(prompts);
  try {
    return await vscode.commands.executeCommand(command, ...values);
  } finally {
    restore();
  }
}

/** The workspace's folder. */
export function workspaceFolder(): string {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  return folder.uri.fsPath;
}

export function git(...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: workspaceFolder(), encoding: 'utf8' });
}

/** Every node of a tree, parents before children. */
export function everyNode(nodes: readonly TreeNode[]): readonly TreeNode[] {
  return nodes.flatMap((node) => [node, ...everyNode(node.children ?? [])]);
}

export function nodeOf(nodes: readonly TreeNode[], id: string): TreeNode {
  const node = everyNode(nodes).find((each) => each.id === id);
  assert.ok(
    node,
    `no node ${id} among ${everyNode(nodes)
      .map((each) => each.id)
      .join(', ')}`,
  );
  return node;
}
