import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { hostTest } from './harness.ts';
import { lensesOf } from './lenses.test.ts';
import { git, workspaceFolder } from './our-extension.ts';

/** An approval that an earlier test has signed. */
function approvalFile(): string {
  const found = git('ls-files', '.signoff/approvals')
    .split('\n')
    .find((name) => name.includes('production.data-science'));
  assert.ok(found);
  return join(workspaceFolder(), found);
}

hostTest('above an approval’s base64 stands who said what, and whether the signature is theirs', async () => {
  const titles = (await lensesOf(approvalFile(), /signature good/)).map(({ title }) => title);
  assert.match(
    titles[0] ?? '',
    /^ana@acme\.example, data-science, approves for production, valid until \d{4}-\d\d-\d\d; signature good$/,
  );
  assert.ok(titles.includes('In force in production'), titles.join(' | '));
});

hostTest('an approval can be read in words, in a text that nobody can change', async () => {
  await vscode.window.showTextDocument(vscode.Uri.file(approvalFile()));
  await vscode.commands.executeCommand('modelSignoff.show');
  const document = vscode.window.activeTextEditor?.document;
  assert.equal(document?.uri.scheme, 'model-signoff');
  assert.match(document?.getText() ?? '', /Decision +Approve for production[\s\S]*Signature +good, by the key SHA256:/);
});

hostTest('an approval in which a byte was changed is called what it is', async () => {
  const original = readFileSync(approvalFile(), 'utf8');
  const payload = /"payload": ?"([^"]+)"/.exec(original)?.[1] ?? '';
  const statement = Buffer.from(payload, 'base64').toString('utf8').replace('"production"', '"elsewhere"');
  const file = join(workspaceFolder(), '.signoff', 'approvals', 'forged.json');
  writeFileSync(file, original.replace(payload, Buffer.from(statement).toString('base64')));
  try {
    const titles = (await lensesOf(file, /Not valid/)).map(({ title }) => title);
    assert.deepEqual(
      titles.filter((title) => /good/.test(title)),
      [],
    );
  } finally {
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await vscode.workspace.fs.delete(vscode.Uri.file(file));
  }
});
