import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { parseLenientJson } from '../../../src/base/lenient-json.ts';
import { parsePlainYaml } from '../../../src/base/plain-yaml.ts';
import { readMarkdown } from '../../../src/evidence/document.ts';
import { readLime } from '../../../src/evidence/explanations/lime.ts';
import { readSigningBundle } from '../../../src/evidence/model-signing/bundle.ts';
import { readVerifyingKey } from '../../../src/evidence/model-signing/verify-signature.ts';
import { readNpy } from '../../../src/evidence/npy.ts';
import { readNpz } from '../../../src/evidence/npz.ts';
import { type NumbersFormat, readNumbers } from '../../../src/evidence/numbers/read-numbers.ts';
import { type ReportFormat, readReport } from '../../../src/evidence/reports/read-report.ts';
import { NAUGHTY_STRINGS } from '../naughty-strings.ts';
import { damaged, fixturePath } from './support/fixtures.ts';
import { numbersOf, scratch } from './support/scratch.ts';

const COPIES = 10_000;

type Read = (bytes: Uint8Array) => unknown;

const REPORTS = ['evidently', 'deepchecks', 'great-expectations', 'giskard', 'junit', 'sarif'] as const;
const NUMBERS = ['classification-report', 'aif360', 'fairlearn', 'kfp', 'mlflow-evaluate'] as const;

/** Every reader of whole files that a fixture may meet, by the fixture's path. */
function readersOf(path: string): readonly Read[] {
  const [, kind = '', folder = ''] = /^(?:reports\/)?([^/]+)\/?([^/]*)/.exec(path) ?? [];
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();
  const texts: Read[] = [
    (bytes) => parseLenientJson(text(bytes)),
    (bytes) => parsePlainYaml(text(bytes)),
    (bytes) => readMarkdown(text(bytes)),
  ];
  if (path.endsWith('.npy')) return [readNpy];
  if (path.endsWith('.npz')) return [readEveryArray];
  if (path.endsWith('.pub')) return [readVerifyingKey];
  if (path.endsWith('.sig')) return [readSigningBundle];
  const report = REPORTS.find((format) => kind.startsWith(format));
  if (report !== undefined) return [(bytes) => readReport(bytes, report satisfies ReportFormat)];
  const numbers = NUMBERS.find((format) => format === kind);
  if (numbers !== undefined) return [(bytes) => readNumbers(bytes, numbers satisfies NumbersFormat)];
  return folder === 'lime' ? [readLimeText, ...texts] : texts;
}

function readEveryArray(bytes: Uint8Array): void {
  const arrays = readNpz(bytes);
  if (arrays.ok) for (const name of arrays.value.names) arrays.value.read(name);
}

function readLimeText(bytes: Uint8Array): void {
  const document = parseLenientJson(Buffer.from(bytes).toString());
  if (document.ok) readLime(document.value, { columns: undefined, label: undefined, outputs: 'two' });
}

/** Fixtures of up to this many bytes; larger ones are figures, and no tool's files. */
const LARGEST = 40_000;
const ROOT = fixturePath('');
const FILES = readdirSync(ROOT, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !entry.name.endsWith('.py'))
  .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length))
  .filter((path) => !/\.(?:parquet|csv)$/.test(path) && readFileSync(ROOT + path).length <= LARGEST)
  .sort();

test(`${COPIES} damaged copies of the fixtures are read or refused, and none makes a reader throw`, () => {
  const each = Math.ceil(COPIES / FILES.length / 2);
  let copies = 0;
  for (const path of FILES) {
    const bytes = readFileSync(ROOT + path);
    if (bytes.length === 0) continue;
    const readers = readersOf(path);
    for (const { how, bytes: copy } of damaged(bytes, each)) {
      copies += 1;
      for (const read of readers) assert.doesNotThrow(() => read(copy), `${path}, ${how}`);
    }
  }
  assert.ok(copies >= COPIES * 0.95, `${copies} copies of ${FILES.length} files`);
});

const folder = scratch();

test('damaged copies of tables are read or refused', { timeout: 60_000 }, async () => {
  const tables = ['explanations/shap-since-0.45/regression.parquet', 'explanations/shap-since-0.45/regression.csv'];
  for (const path of [...tables, 'tables/names-twice.parquet', 'tables/decimal256.parquet']) {
    for (const { how, bytes } of damaged(readFileSync(ROOT + path), 25)) {
      const read = await folder.read({ [`damaged-${basename(path)}`]: bytes }, [{ name: 'age', as: 'number' }]);
      if (!read.ok) assert.match(read.problem.message, /\S.*\.$/s, `${path}, ${how}`);
    }
  }
});

test('columns and files of any name are read under that name', async () => {
  const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
  const different = new Map(NAUGHTY_STRINGS.map((name) => [name.toLowerCase(), name]));
  const names = [...different.values()];
  const content = `${names.map(quoted).join(',')}\n${names.map((_, index) => index + 0.5).join(',')}\n`;
  const table = await folder.read(
    { 'naughty.csv': content },
    names.map((name) => ({ name, as: 'number' as const })),
  );
  for (const [index, name] of names.entries()) {
    assert.deepEqual(numbersOf(table, name), [index + 0.5], name);
  }
  for (const name of NAUGHTY_STRINGS.filter(
    (each) => !/[/\0*?[\]\\]/.test(each) && Buffer.byteLength(each) < 200,
  ).slice(0, 40)) {
    const file = `${name}.csv`;
    const lone = await folder.read({ [file]: 'p\n0.5\n' }, [{ name: 'p', as: 'number' }]);
    assert.ok(lone.ok, `${file}: ${lone.ok ? '' : lone.problem.message}`);
  }
});
