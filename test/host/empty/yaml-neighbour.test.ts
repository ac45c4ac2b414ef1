import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { eventually, hostTest } from '../harness.ts';
import { workspaceFolder } from '../our-extension.ts';

/** `loged` is a mistake that the schema finds; that two bounds exclude each other it cannot say. */
const POLICY = `version: 1
project: p
model: m
task: binary
run: { mlflow: mlruns }
checks:
  auc: { check: metric, loged: val_auc, min: 0.5 }
  loss: { check: metric, logged: val_loss, max: 1, max_abs: 1 }
signoff:
  roles: { risk: [ben@acme.example] }
  environments: { production: { require: { risk: 1 } } }
`;

async function openPolicy(): Promise<vscode.TextDocument> {
  const uri = vscode.Uri.file(join(workspaceFolder(), 'signoff.yaml'));
  await vscode.workspace.fs.writeFile(uri, Buffer.from(POLICY));
  const document = await vscode.workspace.openTextDocument(uri);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, new vscode.Range(0, 0, document.lineCount, 0), POLICY);
  assert.ok(await vscode.workspace.applyEdit(edit));
  await vscode.window.showTextDocument(document);
  return document;
}

function codes(document: vscode.TextDocument): string {
  const ours = vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'Model Signoff');
  return ours
    .map(({ code }) => String(code))
    .sort()
    .join(' ');
}

hostTest(
  'beside the YAML extension the schema’s mistakes and outline are left to it, and come back without it',
  async () => {
    assert.ok(vscode.extensions.getExtension('redhat.vscode-yaml'), 'the stand-in is not installed');
    const document = await openPolicy();
    assert.equal(document.languageId, 'yaml');
    const settings = vscode.workspace.getConfiguration('yaml');
    await eventually('only what the schema cannot say', () => codes(document) === 'mixed-bounds');
    const symbols = await vscode.commands.executeCommand('vscode.executeDocumentSymbolProvider', document.uri);
    assert.ok(symbols === undefined || (symbols as readonly unknown[]).length === 0, 'two outlines of one file');
    await settings.update('validate', false, vscode.ConfigurationTarget.Global);
    try {
      await eventually('the schema’s mistakes too', () => codes(document).includes('unknown-key'));
      assert.equal(codes(document), 'mixed-bounds unknown-key');
    } finally {
      await settings.update('validate', undefined, vscode.ConfigurationTarget.Global);
    }
    await eventually('only what the schema cannot say', () => codes(document) === 'mixed-bounds');
  },
);
