import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseDataFile } from '../../../src/runs/data-file.ts';
import { openFolderFiles } from '../../../src/runs/dvc-folder-files.ts';
import { readProject } from '../../../src/runs/dvc-project.ts';
import { readValues } from '../../../src/runs/dvc-values.ts';
import { flattenValues, textOfValue } from '../../../src/runs/nested-values.ts';
import { scratchFolder, scratchRepository } from '../git/support/scratch-repository.ts';
import { openProject, put } from './dvc-support.ts';

const FILES = {
  'dvc.yaml': `vars: [{d: eval}]\nstages:\n  a:\n    cmd: x\n    wdir: .\n    params: [lr, {p.toml: [net.w]}]\n    outs: [model]\n    metrics: [{"\${d}/m.json": {cache: false}}]\n  b:\n    foreach: [x, y]\n    do: {cmd: x, metrics: ["\${item}.yaml"]}\nmetrics: [n.json]\nartifacts: {m: {path: model}}\n`,
  'dvc.lock':
    "schema: '2.0'\nstages:\n  a:\n    cmd: x\n    outs:\n    - path: model\n      hash: md5\n      md5: 0123456789abcdef0123456789abcdef.dir\n      size: 12\n",
  'data.dvc': 'outs:\n- md5: 0123456789abcdef0123456789abcdef\n  size: 3\n  hash: md5\n  path: data\n',
  'eval/m.json': '{"auc": 0.5, "deep": {"x": [1, 2], "y": NaN, "z": "text"}}',
  'n.json': '{"same": 1e300, "a": -Infinity}',
  'x.yaml': 'f1: &f 0.5\nagain: *f\nmore: {<<: {k: 1}, l: .nan}\n',
  'params.yaml': 'lr: 0.1\nnet: [1, {a: 2}]\n',
  'p.toml': '[net]\nw = 8\nh = [1, 2]\nd = 2024-01-01\n',
} as const;

/** A generator of the same numbers each time (mulberry32), from 0 to below 1. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

test('500 damaged files of DVC’s are read without a crash, and what is said is a sentence’s end', async (context) => {
  const folder = scratchFolder(context);
  for (const [path, content] of Object.entries(FILES)) put(folder, path, content);
  const random = seeded(7);
  const names = Object.keys(FILES) as (keyof typeof FILES)[];
  for (let round = 0; round < 500; round += 1) {
    const path = names[Math.floor(random() * names.length)] as keyof typeof FILES;
    const bytes = Buffer.from(FILES[path]);
    const at = Math.floor(random() * bytes.length);
    const isCut = random() < 0.3;
    if (!isCut)
      for (let flips = 0; flips < 3; flips += 1) bytes[(at + flips * 7) % bytes.length] = Math.floor(random() * 256);
    writeFileSync(join(folder, path), isCut ? bytes.subarray(0, at) : bytes);
    const files = openFolderFiles({ folder, roots: [folder] });
    const project = await readProject(files);
    const values = await readValues(project, files);
    for (const { why } of [...project.problems, ...values.problems]) {
      assert.match(why, /^(?:is|has|names|holds|leads|can’t|nests) /, `${round} ${path}: ${why}`);
      assert.ok(why.length < 400, why);
    }
    writeFileSync(join(folder, path), FILES[path]);
  }
});

test('pipes, folders, sparse files and links in a circle in place of files are named, and nothing waits', {
  skip: process.platform === 'win32',
}, async (context) => {
  const repository = scratchRepository(context);
  repository.write('dvc.yaml', 'metrics: [pipe.json, huge.json, circle.json, folder.json]\n');
  repository.write('folder.json/inner.json', '{"ok": 1}');
  repository.commit('x');
  execFileSync('mkfifo', [join(repository.folder, 'pipe.json'), join(repository.folder, 'dvc.lock')]);
  writeFileSync(join(repository.folder, 'huge.json'), '');
  truncateSync(join(repository.folder, 'huge.json'), 5e9);
  execFileSync('ln', ['-s', 'circle.json', join(repository.folder, 'circle.json')]);
  const { value, problems } = await (await openProject(context, repository.folder)).list();
  assert.deepEqual([...(value?.[0]?.metrics.keys() ?? [])], ['ok']);
  const said = problems.map(({ message }) => message).filter((message) => message.includes('in the workspace'));
  assert.deepEqual(said.sort(), [
    '“circle.json” in the workspace can’t be read (ELOOP).',
    '“dvc.lock” in the workspace is not a file.',
    '“huge.json” in the workspace is larger than 10 MB.',
    '“pipe.json” in the workspace is not a file.',
  ]);
});

test('aliases that stand for more than can be are refused, and others are followed', () => {
  const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 12; level += 1) {
    const [name, before] = [String.fromCharCode(97 + level), String.fromCharCode(96 + level)];
    bomb.push(`${name}: &${name} {${[1, 2, 3, 4, 5, 6, 7, 8, 9].map((key) => `k${key}: *${before}`).join(', ')}}`);
  }
  const parsed = parseDataFile('m.yaml', Buffer.from(bomb.join('\n')));
  assert.ok(parsed.ok);
  const flat = flattenValues(parsed.value);
  assert.ok(!flat.ok && flat.problem.message === 'has too many values');
  assert.ok(textOfValue(parsed.value).length <= 10_000);
  for (const circle of ['a: &a {b: *a}', 'a: *b']) {
    const read = parseDataFile('m.yaml', Buffer.from(circle));
    assert.ok(!read.ok && /names nothing before it|is not YAML/.test(read.problem.message), JSON.stringify(read));
  }
});

test('nesting without end is refused in every format', () => {
  const deep = 100_000;
  for (const [path, text] of [
    ['m.json', '{"a":'.repeat(deep)],
    ['m.yaml', '['.repeat(deep)],
    ['m.toml', `a = ${'['.repeat(deep)}`],
    ['m.toml', `${'a.'.repeat(deep)}a = 1`],
  ] as const) {
    const read = parseDataFile(path, Buffer.from(text));
    const isRefused = !read.ok || !flattenValues(read.value).ok;
    assert.ok(isRefused, path);
  }
});

test('params in Python’s language are not run', () => {
  const read = parseDataFile('params.py', Buffer.from('lr = 0.1'));
  assert.ok(!read.ok && read.problem.message === 'is a program in Python, which is not run to read params');
});
