import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { violationsIn } from './layering/rules.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const files = globSync('{src,webview}/**/*.ts', { cwd: root }).map((path) => path.replaceAll('\\', '/'));

test('every import goes down the house, one room each starts programs, opens sockets or knows VS Code, and text stays text', () => {
  assert.ok(files.length > 0, 'found no source');
  const violations = files.flatMap((path) => violationsIn(path, readFileSync(join(root, path), 'utf8')));
  assert.deepEqual(violations, []);
});

/** Path, source, and part of what must be said about it. */
const refused: readonly (readonly [string, string, RegExp])[] = [
  ['src/base/a.ts', "import { x } from '../metrics/x.ts';", /room base imports room metrics/],
  ['src/checks/a.ts', "import type { X } from '../approval/x.ts';", /room checks imports room approval/],
  ['src/checks/a.ts', "import {\n  type X,\n  y,\n} from '../report/x.ts';", /room checks imports room report/],
  ['src/runs/a.ts', "export { x } from '../evidence/x.ts';", /room runs imports room evidence/],
  ['src/runs/a.ts', "export type * from '../evidence/x.ts';", /room runs imports room evidence/],
  ['src/runs/a.ts', "import '../evidence/x.ts';", /room runs imports room evidence/],
  ['src/policy/a.ts', "const x = await import('../git/x.ts');", /room policy imports room git/],
  ['src/policy/a.ts', "type X = import('../git/x.ts').X;", /room policy imports room git/],
  ['src/policy/a.ts', 'const x = await import(name);', /computed/],
  ['src/policy/a.ts', 'const x = await import(`../git/x.ts`);', /computed/],
  ['src/policy/a.ts', "const q = /['\"`]/; import { x } from '../git/x.ts';", /room policy imports room git/],
  ['src/policy/a.ts', "const q = 'it\\'s'; /* ' */ import { x } from '../git/x.ts';", /room policy imports room git/],
  ['src/extension/a.ts', "import { x } from '../cli/x.ts';", /room extension imports room cli/],
  ['src/cli/a.ts', "import { x } from '../extension/x.ts';", /room cli imports room extension/],
  ['src/cli/a.ts', "import { x } from '../../test/x.ts';", /in no room/],
  ['src/cli/a.ts', "import { x } from '../base/x';", /without \.ts/],
  ['src/cli/a.ts', "import { x } from '../base/x.js';", /without \.ts/],
  ['src/cli/a.ts', "import fs from 'fs';", /without node:/],
  ['src/report/a.ts', "import * as vscode from 'vscode';", /only src\/extension/],
  ['src/cli/a.ts', "import { spawn } from 'node:child_process';", /only src\/git/],
  ['src/cli/a.ts', "import { spawn } from 'child_process';", /only src\/git/],
  ['src/cli/a.ts', "const { spawn } = require('node:child_process');", /only src\/git/],
  ['src/base/a.ts', "import { request } from 'node:https';", /opens sockets/],
  ['src/base/a.ts', "import { lookup } from 'node:dns/promises';", /opens sockets/],
  ['src/runs/a.ts', 'await fetch(url);', /opens a connection/],
  ['src/runs/a.ts', 'const get = fetch;', /opens a connection/],
  ['src/runs/a.ts', 'retry(fetch, url);', /opens a connection/],
  ['src/runs/a.ts', 'const get = globalThis.fetch;', /opens a connection/],
  ['src/metrics/a.ts', "import { readFileSync } from 'node:fs';", /numbers only/],
  ['src/metrics/a.ts', "import * as z from 'zod';", /numbers only/],
  ['src/metrics/a.ts', 'const x = Math.random();', /numbers only/],
  ['src/metrics/a.ts', 'const now = Date.now();', /numbers only/],
  ['src/base/a.ts', 'export default function f() {}', /default export/],
  ['src/base/a.ts', 'export { f as default };', /default export/],
  ['webview/report/main.ts', "import { x } from '../../src/base/x.ts';", /knows only src\/extension\/protocol\.ts/],
  ['webview/report/main.ts', "import { x } from 'node:fs';", /browsers lack/],
  ['webview/report/main.ts', "await fetch('x');", /opens a connection/],
  ['webview/report/main.ts', 'cell.innerHTML = name;', /markup or code/],
  ['src/extension/a.ts', 'new Function(text)();', /markup or code/],
  ['src/extension/a.ts', 'tooltip.isTrusted = true;', /run commands/],
  ['src/extension/a.ts', "markdown.isTrusted = { enabledCommands: ['x'] };", /run commands/],
  ['src/extension/a.ts', 'const options = { enableCommandUris: [command] };', /run commands/],
  ['src/extension/a.ts', 'markdown.supportHtml = wanted;', /run commands/],
];

for (const [path, source, problem] of refused) {
  test(`refused in ${path}: ${source.replaceAll('\n', ' ')}`, () => {
    assert.match(violationsIn(path, source).join('\n'), problem);
  });
}

const allowed: readonly (readonly [string, string])[] = [
  ['src/checks/a.ts', "import type { X } from '../runs/x.ts';\nimport { y } from './y.ts';"],
  ['src/extension/a.ts', "import * as vscode from 'vscode';\nimport { x } from '../report/x.ts';"],
  ['src/git/a.ts', "import { spawn } from 'node:child_process';"],
  ['src/base/http.ts', 'export const get = (url: string) => fetch(url);'],
  ['src/runs/a.ts', 'await repository.fetch(url);'],
  ['src/cli/a.ts', "// import { x } from '../extension/x.ts';\nconst text = \"import x from '../extension/x.ts'\";"],
  ['src/metrics/a.ts', "import { erf } from 'simple-statistics';"],
  ['src/extension/a.ts', 'markdown.isTrusted = false;'],
  ['src/extension/a.ts', "const trust = vscode.workspace.isTrusted ? 'trusted' : 'untrusted';"],
  ['webview/report/main.ts', "import type { Message } from '../../src/extension/protocol.ts';\nimport './main.css';"],
];

for (const [path, source] of allowed) {
  test(`allowed in ${path}: ${source.replaceAll('\n', ' ')}`, () => {
    assert.deepEqual(violationsIn(path, source), []);
  });
}
