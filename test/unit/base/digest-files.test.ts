import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { type DigestCache, newDigestCache } from '../../../src/base/digest-cache.ts';
import { digestFile } from '../../../src/base/digest-file.ts';
import { type DigestFilesOptions, digestFiles } from '../../../src/base/digest-files.ts';
import { scratchFolder } from '../evidence/folder.ts';

const folder = scratchFolder();
/** Other threads for whatever is large enough to be worth a message. */
const PARALLEL = { links: 'refuse links', threads: { most: 3, fromBytes: 0 } } as const;

async function digestsOf(paths: readonly string[], options: DigestFilesOptions): Promise<readonly string[]> {
  const digested = await digestFiles(
    paths.map((path) => ({ path, calledAs: 'The file' })),
    options,
  );
  assert.ok(digested.ok, digested.ok ? '' : digested.problem.message);
  return digested.value.map(({ digest }) => digest);
}

async function problemOf(path: string, options: DigestFilesOptions = PARALLEL): Promise<string> {
  const digested = await digestFiles([{ path, calledAs: 'The file “x”' }], options);
  assert.ok(!digested.ok);
  return digested.problem.message;
}

function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

test('whatever the sizes, the order, the threads and the cache: the same digests as one after the other', async () => {
  const sizes = fc.array(
    fc.oneof(
      fc.constantFrom(0, 1, 2 ** 20 - 1, 2 ** 20, 2 ** 20 + 1, 2 ** 21, 3 * 2 ** 20 + 7),
      fc.nat({ max: 3_000_000 }),
    ),
    { maxLength: 8 },
  );
  let run = 0;
  await fc.assert(
    fc.asyncProperty(sizes, fc.integer(), async (lengths, seed) => {
      run += 1;
      const contents = lengths.map((length, index) => Buffer.alloc(length, `${seed} ${index}`));
      const paths = contents.map((content, index) => folder.write(`equal/${run}/${index}`, content));
      const expected = contents.map(sha256);
      const cache = newDigestCache();
      assert.deepEqual(await digestsOf(paths, { links: 'refuse links' }), expected);
      assert.deepEqual(await digestsOf(paths, PARALLEL), expected);
      assert.deepEqual(await digestsOf(paths, { ...PARALLEL, cache }), expected);
      assert.deepEqual(await digestsOf(paths, { ...PARALLEL, cache }), expected);
    }),
    { numRuns: 15 },
  );
});

test('a cache is used for what lay still, and notices a byte, a length, a time set back and another file in its place', async () => {
  const changes: Readonly<Record<string, (path: string, content: Buffer) => void>> = {
    byte: (path, content) => writeFileSync(path, content.fill(9, 0, 1)),
    longer: (path) => appendFileSync(path, 'x'),
    shorter: (path) => truncateSync(path, 4_000),
    'time set back': (path, content) => {
      const { mtime, atime } = statSync(path);
      writeFileSync(path, content.fill(9, 0, 1));
      utimesSync(path, atime, mtime);
    },
    replaced: (path, content) => {
      const { mtime, atime } = statSync(path);
      writeFileSync(`${path}.new`, content.fill(9, 0, 1));
      utimesSync(`${path}.new`, atime, mtime);
      renameSync(`${path}.new`, path);
    },
  };
  const paths = Object.keys(changes).map((name, index) => folder.write(`cached/${name}`, Buffer.alloc(5_000, index)));
  // Until two seconds have passed, nothing is kept.
  await new Promise((resolve) => setTimeout(resolve, 2_100));
  const inner = newDigestCache();
  let hits = 0;
  const cache: DigestCache = {
    ...inner,
    find(...key) {
      const found = inner.find(...key);
      if (found !== undefined) hits += 1;
      return found;
    },
  };
  const before = await digestsOf(paths, { ...PARALLEL, cache });
  assert.equal(hits, 0);
  assert.deepEqual(await digestsOf(paths, { ...PARALLEL, cache }), before);
  assert.equal(hits, paths.length);
  for (const [index, change] of Object.values(changes).entries())
    change(paths[index] ?? '', Buffer.alloc(5_000, index));
  const after = await digestsOf(paths, { ...PARALLEL, cache });
  assert.equal(hits, paths.length);
  assert.deepEqual(
    after,
    paths.map((path) => sha256(readFileSync(path))),
  );
  assert.equal(new Set([...before, ...after]).size, 2 * paths.length);
});

test('a cache keeps what lay still before it was read, by file and time; and nothing that was just written', () => {
  const cache = newDigestCache();
  const identity = { device: 1n, inode: 2n, size: 3n, modified: 4n, changed: 5n };
  cache.remember('sha256', '/a', { digest: 'd', identity, settled: true });
  assert.equal(cache.find('sha256', '/a', identity), 'd');
  assert.equal(cache.find('md5', '/a', identity), undefined);
  assert.equal(cache.find('sha256', '/b', identity), undefined);
  for (const key of ['device', 'inode', 'size', 'modified', 'changed'] as const)
    assert.equal(cache.find('sha256', '/a', { ...identity, [key]: 9n }), undefined, key);
  cache.remember('sha256', '/new', { digest: 'd', identity, settled: false });
  assert.equal(cache.find('sha256', '/new', identity), undefined);
  cache.remember('sha256', '/unnumbered', { digest: 'd', identity: { ...identity, inode: 0n }, settled: true });
  assert.equal(cache.find('sha256', '/unnumbered', { ...identity, inode: 0n }), undefined);
});

test('a file is settled when it was last touched well before', async () => {
  const old = await digestFile(process.execPath, { algorithm: 'sha256', links: 'follow links' });
  assert.equal(old.ok && old.value.settled, true);
  const fresh = await digestFile(folder.write('fresh', 'x'), { algorithm: 'sha256', links: 'follow links' });
  assert.equal(fresh.ok && fresh.value.settled, false);
  const setBack = folder.write('set-back', 'x');
  utimesSync(setBack, 1, 1);
  const touched = await digestFile(setBack, { algorithm: 'sha256', links: 'follow links' });
  assert.equal(touched.ok && touched.value.settled, false);
});

test('what grows, shrinks or is written to while it is read is refused', async () => {
  for (const change of [
    (path: string) => appendFileSync(path, 'x'),
    (path: string) => truncateSync(path, 5_000_000),
    (path: string) => writeFileSync(path, Buffer.alloc(4), { flag: 'r+' }),
  ]) {
    const path = folder.write('busy', Buffer.alloc(16 * 2 ** 20));
    let changed = 0;
    const reportBytes = (): void => {
      changed += 1;
      if (changed === 1) change(path);
    };
    const digested = await digestFile(path, { algorithm: 'sha256', links: 'refuse links', reportBytes });
    assert.equal(digested.ok ? 'digested' : digested.problem.code, 'file-changed');
  }
});

test('a link, a pipe and a folder are refused at once, a hard link is a file', async () => {
  const path = folder.write('kinds/file', 'abc');
  symlinkSync('file', join(folder.path, 'kinds/link'));
  linkSync(path, join(folder.path, 'kinds/hard'));
  mkdirSync(join(folder.path, 'kinds/folder'));
  execFileSync('mkfifo', [join(folder.path, 'kinds/pipe')]);
  assert.match(
    await problemOf(join(folder.path, 'kinds/link')),
    /^The file “x” is a symbolic link, which is refused\.$/,
  );
  assert.match(await problemOf(join(folder.path, 'kinds/pipe')), /is not a file/);
  assert.match(await problemOf(join(folder.path, 'kinds/folder')), /is not a file/);
  assert.deepEqual(await digestsOf([join(folder.path, 'kinds/hard')], PARALLEL), [sha256(Buffer.from('abc'))]);
  assert.deepEqual(await digestsOf([join(folder.path, 'kinds/link')], { links: 'follow links' }), [
    sha256(Buffer.from('abc')),
  ]);
  // Put there after somebody looked: opening itself refuses.
  for (const name of ['link', 'pipe', 'folder']) {
    const opened = await digestFile(join(folder.path, 'kinds', name), { algorithm: 'sha256', links: 'refuse links' });
    assert.equal(opened.ok ? 'digested' : opened.problem.code, 'not-a-file', name);
  }
});

test('aborting stops every thread with the reason, and a missing file throws the system’s error', async () => {
  const paths = [0, 1, 2, 3].map((index) => folder.write(`many/${index}`, Buffer.alloc(32 * 2 ** 20, index)));
  const reason = new Error('enough');
  const abort = new AbortController();
  const report = (): void => abort.abort(reason);
  const progress = { report, message: 'Hashing' };
  await assert.rejects(digestsOf(paths, { ...PARALLEL, signal: abort.signal, progress }), reason);
  await assert.rejects(digestsOf([join(folder.path, 'absent')], PARALLEL), { code: 'ENOENT' });
});

test('progress rises to the whole', async () => {
  const paths = [0, 1, 2].map((index) => folder.write(`progress/${index}`, Buffer.alloc(4 * 2 ** 20, index)));
  const fractions: number[] = [];
  const report = ({ fraction }: { readonly fraction?: number }): void => void fractions.push(fraction ?? Number.NaN);
  await digestsOf(paths, { ...PARALLEL, progress: { report, message: 'Hashing' } });
  assert.deepEqual(
    fractions,
    fractions.toSorted((a, b) => a - b),
  );
  assert.equal(fractions.at(-1), 1);
});
