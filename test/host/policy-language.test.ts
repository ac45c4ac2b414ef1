import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { eventually, hostTest } from './harness.ts';
import { ourExtension, workspaceFolder } from './our-extension.ts';

async function openPolicy(): Promise<vscode.TextDocument> {
  await (await ourExtension()).settled();
  const document = await vscode.workspace.openTextDocument(join(workspaceFolder(), 'signoff.yaml'));
  await vscode.window.showTextDocument(document);
  return document;
}

/** Does something with the policy changed; afterwards it is as it was. VS Code in a browser saves by itself. */
async function withChange(
  document: vscode.TextDocument,
  from: string,
  to: string,
  work: (offset: number) => Promise<void>,
): Promise<void> {
  const before = document.getText();
  const start = before.indexOf(from);
  assert.ok(start >= 0, `the policy has no ${from}`);
  await replace(document, before.slice(0, start) + to + before.slice(start + from.length));
  try {
    await work(start);
  } finally {
    await replace(document, before);
    await document.save();
    await (await ourExtension()).settled();
  }
}

async function replace(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

function ours(document: vscode.TextDocument): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'Model Signoff');
}

function remark(document: vscode.TextDocument, code: string): Promise<vscode.Diagnostic> {
  return eventually(`the remark ${code}`, () => ours(document).find((each) => each.code === code));
}

/** Where a text stands in the policy, and some letters into it. */
function placeOf(document: vscode.TextDocument, text: string, into = 0): vscode.Position {
  const at = document.getText().indexOf(text);
  assert.ok(at >= 0, `the policy has no ${text}`);
  return document.positionAt(at + into);
}

hostTest('the sample’s policy has nothing wrong with it', async () => {
  const document = await openPolicy();
  await eventually('the values beside the bounds', async () =>
    (await inlays(document)).length > 10 ? true : undefined,
  );
  assert.deepEqual(
    ours(document).map(({ message }) => message),
    [],
  );
});

async function inlays(document: vscode.TextDocument): Promise<readonly vscode.InlayHint[]> {
  const everything = new vscode.Range(0, 0, document.lineCount, 0);
  return vscode.commands.executeCommand('vscode.executeInlayHintProvider', document.uri, everything);
}

hostTest('the actual value stands beside each bound, and the setting turns that off', async () => {
  const document = await openPolicy();
  const { line } = placeOf(document, 'min: 0.76');
  const hint = await eventually('the value', async () =>
    (await inlays(document)).find((each) => each.position.line === line),
  );
  assert.match(String(hint.label), /^⟵ 0\.\d+ \[0\.\d+, 0\.\d+\] ✓$/);
  const settings = vscode.workspace.getConfiguration();
  await settings.update('modelSignoff.inlayValues', false, vscode.ConfigurationTarget.Workspace);
  assert.deepEqual(await inlays(document), []);
  await settings.update('modelSignoff.inlayValues', undefined, vscode.ConfigurationTarget.Workspace);
  await eventually('the values again', async () => ((await inlays(document)).length > 0 ? true : undefined));
  rmSync(join(workspaceFolder(), '.vscode'), { recursive: true, force: true });
});

hostTest('a mistake is underlined before it is saved, and put right by its quick fix', async () => {
  const document = await openPolicy();
  await withChange(document, 'metric: roc_auc', 'metric: roc_acu', async (offset) => {
    const found = await remark(document, 'unknown-value');
    assert.equal(document.getText(found.range), 'roc_acu');
    assert.match(found.message, /did you mean "roc_auc"/);
    assert.equal(found.severity, vscode.DiagnosticSeverity.Error);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      found.range,
    );
    const fix = actions.find(({ title }) => title === 'Change to "roc_auc"');
    assert.ok(fix?.edit && fix.isPreferred === true);
    await vscode.workspace.applyEdit(fix.edit);
    assert.equal(document.getText().slice(offset).startsWith('metric: roc_auc\n'), true);
    await eventually('the remark to go', () => (ours(document).length === 0 ? true : undefined));
  });
});

hostTest('a column that the table does not have is said, and one that it has completes', async () => {
  const document = await openPolicy();
  await withChange(document, 'label: defaulted', 'label: defalted', async () => {
    const found = await remark(document, 'unknown-column');
    assert.match(found.message, /no column "defalted"; did you mean "defaulted"/);
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      placeOf(document, 'label: defalted', 'label: def'.length),
    );
    const labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    assert.ok(labels.includes('defaulted') && labels.includes('p_default'), labels.join());
  });
});

hostTest('logged metrics, groups and people complete from the run and the keys', async () => {
  const document = await openPolicy();
  const completed = async (from: string, to: string): Promise<readonly string[]> => {
    let labels: readonly string[] = [];
    await withChange(document, from, to, async (offset) => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        document.positionAt(offset + to.length),
      );
      labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    });
    return labels;
  };
  assert.ok((await completed('logged: val_loss', 'logged: ')).includes('val_loss'));
  assert.deepEqual(await completed('by: sex', 'by: '), ['sex', 'age_band']);
  assert.ok((await completed('role: risk', 'role: ')).includes('data-science'));
  assert.ok(
    (await completed('[ben@acme.example, eve@acme.example', '[ben@acme.example, ')).includes('ana@acme.example'),
  );
});

hostTest('a bound that is not met is marked, leads to its evidence, and can be set to the current limit', async () => {
  const document = await openPolicy();
  await withChange(document, 'min: 0.76', 'min: 0.99', async () => {
    const found = await remark(document, 'check-fails');
    assert.equal(document.getText(found.range), '0.99');
    assert.match(found.message, /^The value is 0\.\d+, its interval \[/);
    assert.match(found.relatedInformation?.[0]?.location.uri.fsPath ?? '', /predictions\.parquet$/);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      found.range,
    );
    const set = actions.find(({ title }) =>
      /^Set "min" to 0\.\d+, the current lower limit \(loosens the check\)$/.test(title),
    );
    assert.ok(set?.edit, actions.map(({ title }) => title).join());
    await vscode.workspace.applyEdit(set.edit);
    await eventually('the remark to go', () => (ours(document).length === 0 ? true : undefined));
  });
});

hostTest('a failing check offers its waiver, which starts the flow for that check', async () => {
  const document = await openPolicy();
  const range = new vscode.Range(placeOf(document, 'dpia:'), placeOf(document, 'dpia:'));
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    range,
  );
  const attest = actions.find(({ title }) => title === 'Attest "dpia" and sign off…');
  assert.deepEqual(attest?.command?.arguments, [{ id: 'check/dpia' }]);
});

hostTest('a hover tells the metric’s formula and the current value', async () => {
  const document = await openPolicy();
  const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    placeOf(document, 'metric: roc_auc', 'metric: r'.length),
  );
  const shown = (hover?.contents ?? []).map((each) => (each as vscode.MarkdownString).value).join('\n');
  assert.match(shown, /Probability that a positive is scored above a negative/);
  assert.match(shown, /Now `0\.\d+`, interval `\[/);
  assert.equal(
    hover?.contents.some((each) => (each as vscode.MarkdownString).isTrusted === true),
    false,
  );
});

hostTest('a name leads to its declaration, a check to its evidence', async () => {
  const document = await openPolicy();
  const leadsTo = async (text: string, into: number): Promise<readonly vscode.LocationLink[]> =>
    vscode.commands.executeCommand('vscode.executeDefinitionProvider', document.uri, placeOf(document, text, into));
  const [declaration] = await leadsTo('dataset: holdout', 'dataset: h'.length);
  const target = declaration as unknown as { targetRange?: vscode.Range; range?: vscode.Range };
  const range = target.targetRange ?? target.range;
  assert.equal(range && document.getText(range), 'holdout');
  const [evidence] = await leadsTo('auc:', 1);
  const place = evidence as unknown as { targetUri?: vscode.Uri; uri?: vscode.Uri };
  assert.match((place.targetUri ?? place.uri)?.fsPath ?? '', /predictions\.parquet$/);
});

hostTest('a name’s uses are found', async () => {
  const document = await openPolicy();
  const found = await vscode.commands.executeCommand<vscode.Location[]>(
    'vscode.executeReferenceProvider',
    document.uri,
    placeOf(document, 'role: risk', 'role: r'.length),
  );
  assert.ok(found.length >= 4, String(found.length));
});

hostTest('the outline shows checks with how they stand, and lines fold', async () => {
  const document = await openPolicy();
  const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
    'vscode.executeDocumentSymbolProvider',
    document.uri,
  );
  const checks = symbols.find(({ name }) => name === 'checks')?.children ?? [];
  assert.match(checks.find(({ name }) => name === 'auc')?.detail ?? '', /^metric · roc_auc · min 0\.76 · ✓ holds$/);
  const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
    'vscode.executeFoldingRangeProvider',
    document.uri,
  );
  const { line } = placeOf(document, '  auc:\n', 2);
  assert.ok(folds.some(({ start, end }) => start === line && end > line + 5));
});

hostTest('formatting puts the layout right and keeps every comment', async () => {
  const document = await openPolicy();
  const before = document.getText();
  await withChange(
    document,
    '    check: metric\n    metric: roc_auc\n',
    '    check:   metric\n    metric: roc_auc  \n',
    async () => {
      const edits = await vscode.commands.executeCommand<vscode.TextEdit[]>(
        'vscode.executeFormatDocumentProvider',
        document.uri,
        { tabSize: 2, insertSpaces: true },
      );
      const edit = new vscode.WorkspaceEdit();
      edit.set(document.uri, edits);
      await vscode.workspace.applyEdit(edit);
      assert.equal(document.getText(), before);
    },
  );
});

hostTest('a policy that is closed has no remarks left', async () => {
  const document = await openPolicy();
  await withChange(document, 'task: binary', 'task: binry', async () => {
    await remark(document, 'unknown-value');
  });
  await eventually('the remark to go', () => (ours(document).length === 0 ? true : undefined));
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
});
