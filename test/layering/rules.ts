// The house's rules (CONTRIBUTING explains them): which room may import which, and what only one room may do.
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path/posix';
import { codeOnly, type Import, importsOf, lineOf } from './source-text.ts';

/** From the bottom up: a room imports only itself and rooms before it. */
const rooms = [
  'base',
  'metrics',
  'policy',
  'git',
  'runs',
  'evidence',
  'checks',
  'approval',
  'pipeline',
  'report',
  'cli',
  'extension',
] as const;

type Room = (typeof rooms)[number];

const socketModules = ['node:http', 'node:https', 'node:http2', 'node:net', 'node:tls', 'node:dgram', 'node:dns'];
const socketFile = 'src/base/http.ts';
const webviewProtocol = 'src/extension/protocol.ts';

/** Libraries that compute and do nothing else. */
const pureLibraries = ['simple-statistics'];

/** What is wrong with a file; `path` is relative to the repository, with `/`. */
export function violationsIn(path: string, source: string): string[] {
  return [
    ...importsOf(source).flatMap((each) =>
      importProblems(path, each).map((problem) => `${path}:${each.line} ${problem}`),
    ),
    ...codeProblems(path, source),
  ];
}

function importProblems(path: string, { specifier }: Import): string[] {
  if (specifier === undefined) return ['imports something computed, which cannot be checked'];
  if (specifier.startsWith('.')) return relativeImportProblems(path, specifier);
  return packageImportProblems(path, specifier);
}

function relativeImportProblems(path: string, specifier: string): string[] {
  if (path.startsWith('webview/') && /\.css$/.test(specifier)) return [];
  // The version that every statement names is the package's.
  if (path.startsWith('src/') && specifier === '../../package.json') return [];
  if (!/\.ts$/.test(specifier)) return [`imports ${specifier} without .ts`];
  const target = join(dirname(path), specifier);
  const from = roomOf(path);
  const to = roomOf(target);
  if (path.startsWith('webview/')) {
    return target.startsWith('webview/') || target === webviewProtocol
      ? []
      : [`imports ${target}; a webview knows only ${webviewProtocol}`];
  }
  if (!from || !to) return [`imports ${target}, which is in no room`];
  return mayImport(from, to) ? [] : [`room ${from} imports room ${to} (${specifier})`];
}

function mayImport(from: Room, to: Room): boolean {
  if (from === 'extension' && to === 'cli') return false;
  return rooms.indexOf(to) <= rooms.indexOf(from);
}

function packageImportProblems(path: string, specifier: string): string[] {
  const room = roomOf(path);
  const problems: string[] = [];
  const name = specifier.replace(/^node:/, '');
  const isBuiltin = specifier.startsWith('node:') || builtinModules.includes(specifier);
  if (isBuiltin && !specifier.startsWith('node:')) problems.push(`imports ${specifier} without node:`);
  if (specifier === 'vscode' && room !== 'extension') problems.push('imports vscode; only src/extension may');
  if (name === 'child_process' && room !== 'git') problems.push('starts programs; only src/git may');
  if (isBuiltin && socketModules.includes(`node:${name.split('/')[0]}`) && path !== socketFile) {
    problems.push(`imports ${specifier}; only ${socketFile} opens sockets`);
  }
  if (room === 'metrics' && !pureLibraries.includes(specifier))
    problems.push(`imports ${specifier}; metrics are numbers only`);
  if (isBuiltin && path.startsWith('webview/')) problems.push(`imports ${specifier}, which browsers lack`);
  return problems;
}

function codeProblems(path: string, source: string): string[] {
  const code = codeOnly(source);
  const find = (pattern: RegExp, problem: string): string[] =>
    [...code.matchAll(pattern)].map((match) => `${path}:${lineOf(source, match.index)} ${problem}`);
  const problems = find(/\bexport\s+default\b|\bexport\s*\{[^}]*\bas\s+default\b/g, 'has a default export');
  if (path !== socketFile) {
    const sockets =
      /(?<!\b(?:const|let|function)\s+)(?<![.\w])(?:fetch|XMLHttpRequest|WebSocket|EventSource)\b(?!\s*[?:])|\bglobalThis\s*\.\s*fetch\b/g;
    problems.push(...find(sockets, `opens a connection; only ${socketFile} may`));
  }
  const trusted = /\b(?:isTrusted|supportHtml|enableCommandUris)\s*[:=](?!=|\s*false\b)/g;
  problems.push(...find(trusted, 'lets text of others run commands or be HTML'));
  const sinks =
    /\b(?:innerHTML|outerHTML|insertAdjacentHTML|srcdoc)\b|\bdocument\s*\.\s*write\b|\beval\b|\bnew\s+Function\b/g;
  problems.push(...find(sinks, 'makes text into markup or code; text goes through textContent'));
  if (roomOf(path) === 'metrics') {
    const impure = /\bMath\s*\.\s*random\b|\b(?:Date|performance|crypto|process|globalThis)\b(?!\s*:)/g;
    problems.push(...find(impure, 'uses the clock, randomness or the process; metrics are numbers only'));
  }
  return problems;
}

function roomOf(path: string): Room | undefined {
  const name = /^src\/([^/]+)\//.exec(path)?.[1];
  return rooms.find((room) => room === name);
}
