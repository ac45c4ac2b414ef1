// Red Hat's YAML language server out of npm, to compare with. It is in the user's cache and not in package.json:
// nothing of ours needs it.
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';
import { runCommand } from './commands.ts';

const VERSION = '1.25.0';

export interface YamlLanguageServer {
  readonly name: string;
  /** What it has against a text, by the schema that was given; lines count from 1. */
  validate(text: string): Promise<readonly { readonly line: number; readonly message: string }[]>;
}

/** The service validating against a schema; undefined, with the reason on standard error, where npm can't be reached. */
export function yamlLanguageServer(schema: unknown): YamlLanguageServer | undefined {
  const folder = cacheFolder(`yaml-language-server-${VERSION}`);
  try {
    if (!existsSync(folder)) install(folder);
  } catch (error) {
    console.error(`Without the YAML language server: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
  return start(folder, schema);
}

function install(folder: string): void {
  mkdirSync(dirname(folder), { recursive: true });
  const unfinished = mkdtempSync(`${folder}.unfinished-`);
  try {
    writeFileSync(join(unfinished, 'package.json'), '{ "private": true }\n');
    const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    runCommand('npm', ['install', ...quiet, `yaml-language-server@${VERSION}`], { cwd: unfinished });
    if (!existsSync(folder)) renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

interface Found {
  readonly message: string;
  readonly range: { readonly start: { readonly line: number } };
}

interface Service {
  configure(settings: unknown): void;
  doValidation(document: unknown, isKubernetes: boolean): Promise<readonly Found[]>;
}

function start(folder: string, schema: unknown): YamlLanguageServer {
  const load = createRequire(join(folder, 'package.json'));
  const { getLanguageService } = load('yaml-language-server') as { getLanguageService(options: unknown): Service };
  const { TextDocument } = load('vscode-languageserver-textdocument') as {
    TextDocument: { create(uri: string, language: string, version: number, text: string): unknown };
  };
  const service = getLanguageService({
    schemaRequestService: () => Promise.reject(new Error('no schema is fetched')),
    workspaceContext: { resolveRelativePath: (path: string) => path },
    telemetry: { send() {}, sendError() {}, sendTrack() {} },
    clientCapabilities: {},
  });
  const schemas = [{ uri: 'file:///signoff.schema.json', fileMatch: ['*.yaml'], schema }];
  service.configure({ validate: true, hover: true, completion: true, schemas, yamlVersion: '1.2', customTags: [] });
  let version = 0;
  return {
    name: `yaml-language-server ${VERSION}`,
    async validate(text) {
      version += 1;
      const document = TextDocument.create('file:///signoff.yaml', 'yaml', version, text);
      const found = await service.doValidation(document, false);
      return found.map(({ message, range }) => ({ line: range.start.line + 1, message }));
    },
  };
}
