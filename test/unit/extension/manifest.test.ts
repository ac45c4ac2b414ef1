import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { ALL_COMMANDS } from '../../../src/extension/commands/all-commands.ts';
import {
  COMMANDS,
  CONTAINER,
  CONTEXT_KEYS,
  INTERNAL_COMMANDS,
  LANGUAGE_MODEL_TOOL,
  POLICY_FILE_NAMES,
  SETTINGS,
  VIEWS,
} from '../../../src/extension/ids.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const sorted = (names: Iterable<string>): string[] => [...names].sort();

describe('the manifest and the code', () => {
  test('name the same commands, and each has a file that does it', () => {
    const declared = manifest.contributes.commands.map((command: { command: string }) => command.command);
    assert.deepEqual(sorted(declared), sorted(Object.values(COMMANDS)));
    assert.deepEqual(sorted(ALL_COMMANDS.map(({ id }) => id)), sorted(Object.values(COMMANDS)));
  });

  test('name the same views in the same container', () => {
    const declared = manifest.contributes.views[CONTAINER].map((view: { id: string }) => view.id);
    assert.deepEqual(sorted(declared), sorted(Object.values(VIEWS)));
  });

  test('name the same settings', () => {
    assert.deepEqual(
      sorted(Object.keys(manifest.contributes.configuration.properties)),
      sorted(Object.values(SETTINGS)),
    );
  });

  test('let no workspace set what names a program, a server or a key', () => {
    const { properties } = manifest.contributes.configuration;
    // A setting that is added has its scope thought about here.
    const mayBeSetByWorkspaces = ['modelSignoff.inlayValues', 'modelSignoff.policyFile'];
    for (const [name, { scope }] of Object.entries<{ scope?: string }>(properties)) {
      const expected = mayBeSetByWorkspaces.includes(name) ? ['resource', 'window'] : ['machine', 'application'];
      assert.ok(expected.includes(scope ?? ''), `${name} has the scope ${scope}`);
    }
    // Where nobody trusts the folder, not even another policy of it is taken at its word.
    const restricted = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
    const harmless = ['modelSignoff.inlayValues'];
    assert.deepEqual(sorted(restricted), sorted(Object.keys(properties).filter((name) => !harmless.includes(name))));
  });

  test('give the schema of policies to the YAML extension for the usual names, from within the package', () => {
    const [{ fileMatch, url }, ...others] = manifest.contributes.yamlValidation;
    assert.equal(others.length, 0);
    assert.deepEqual(sorted([fileMatch].flat()), sorted(POLICY_FILE_NAMES));
    assert.match(url, /^\.\//u);
    assert.ok(readFileSync(join(root, '.vscodeignore'), 'utf8').includes(`!${url.slice(2)}`), url);
  });

  test('know the same context keys', () => {
    const conditions = JSON.stringify([manifest.contributes.viewsWelcome, manifest.contributes.menus]);
    const used = new Set(conditions.match(/modelSignoff\.has\w+/g));
    assert.deepEqual(sorted(used), sorted(Object.values(CONTEXT_KEYS)));
  });

  test('say of every command when it makes sense in the palette', () => {
    const menu: readonly { command: string; when?: string }[] = manifest.contributes.menus.commandPalette;
    assert.deepEqual(sorted(menu.map(({ command }) => command)), sorted(Object.values(COMMANDS)));
    for (const { command, when } of menu) assert.ok(when, command);
  });

  test('put only commands that there are into menus', () => {
    const menus: readonly { command: string }[] = Object.values(manifest.contributes.menus).flat() as never;
    const known = new Set<string>(Object.values(COMMANDS));
    assert.deepEqual(
      menus.filter(({ command }) => !known.has(command)),
      [],
    );
  });

  test('bind keys only to commands that there are', () => {
    const known = new Set<string>([...Object.values(COMMANDS), ...Object.values(INTERNAL_COMMANDS)]);
    for (const { command } of manifest.contributes.keybindings) assert.ok(known.has(command), command);
  });

  test('name the same tool for language models, which asks for nothing that could be signed', () => {
    const [tool, ...others] = manifest.contributes.languageModelTools;
    assert.deepEqual([tool.name, others.length], [LANGUAGE_MODEL_TOOL, 0]);
    assert.deepEqual(Object.keys(tool.inputSchema.properties), ['environment', 'check']);
  });

  test('translate every text that the manifest shows', () => {
    const texts = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8'));
    const used = new Set([...JSON.stringify(manifest).matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key ?? ''));
    assert.deepEqual(sorted(used), sorted(Object.keys(texts)));
  });
});

describe('the texts for translators', () => {
  const file = join(root, 'l10n', 'bundle.l10n.json');

  test('are those that the code says', () => {
    const said = sorted(saidInCode());
    if (process.env['UPDATE_L10N']) {
      writeFileSync(file, `${JSON.stringify(Object.fromEntries(said.map((text) => [text, text])), null, 2)}\n`);
    }
    const bundle = JSON.parse(readFileSync(file, 'utf8'));
    assert.deepEqual(sorted(Object.keys(bundle)), said, 'Run this test with UPDATE_L10N=1 to write them down.');
    for (const [key, text] of Object.entries(bundle)) assert.equal(text, key);
  });

  test('are all literals, so that none is missed', () => {
    const calls = sources().flatMap(({ name, source }) =>
      [...source.matchAll(/(?<![.\w]|function )\bt\((?!\s*')[^\n]*/g)].map(([call]) => `${name}: ${call}`),
    );
    assert.deepEqual(
      calls.filter((call) => !call.includes('t(message: string')),
      [],
    );
  });
});

/** Every literal that is handed to `t`. */
function saidInCode(): Set<string> {
  const literals = sources().flatMap(({ source }) => [...source.matchAll(/\bt\(\s*'([^'\\]*)'/g)]);
  return new Set(literals.map(([, text]) => text ?? ''));
}

function sources(): readonly { readonly name: string; readonly source: string }[] {
  return ['extension', 'report'].flatMap((room) => {
    const folder = join(root, 'src', room);
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    return names
      .filter((each) => each.endsWith('.ts'))
      .map((name) => ({ name, source: readFileSync(join(folder, name), 'utf8') }));
  });
}
