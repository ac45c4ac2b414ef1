import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { sha256Hex } from '../../../src/base/hashing.ts';
import { type ArtifactCache, artifactCache } from '../../../src/runs/artifact-cache.ts';
import { evict, mostCacheBytes } from '../../../src/runs/cache-eviction.ts';

const scratch = mkdtempSync(join(tmpdir(), 'signoff-eviction-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

const NOW = Date.now();
const HOUR = 60 * 60 * 1000;

async function newCache(): Promise<ArtifactCache> {
  const cache = artifactCache(mkdtempSync(join(scratch, 'cache-')));
  await cache.prepare();
  return cache;
}

/** A run's folder in the cache with files of these contents, used so many hours ago. */
async function addRun(
  cache: ArtifactCache,
  owner: string,
  contents: readonly string[],
  hours: number,
): Promise<string> {
  const files = new Map<string, { sha256: string; size: number }>();
  for (const [index, content] of contents.entries()) {
    const partial = cache.newPartial();
    const file = { sha256: sha256Hex(content), size: content.length };
    writeFileSync(partial, content);
    if (!(await cache.has(file))) await cache.keep(partial, file);
    age(join(cache.folder, 'objects', file.sha256.slice(0, 2), file.sha256), hours);
    files.set(`file-${index}`, file);
  }
  const key = owner === 'dvc' ? join('dvc', '0'.repeat(40)) : join('a'.repeat(16), sha256Hex(owner).slice(0, 32));
  const place = await cache.folderOf(key, { files, folders: [] });
  age(place, hours);
  return place;
}

function age(path: string, hours: number): void {
  const then = new Date(NOW - hours * HOUR);
  utimesSync(path, then, then);
}

function objectsIn({ folder }: ArtifactCache): number {
  return readdirSync(join(folder, 'objects'), { recursive: true, withFileTypes: true }).filter((e) => e.isFile())
    .length;
}

function shrink(cache: ArtifactCache, mostBytes: number): Promise<void> {
  return evict(cache.folder, { mostBytes, now: NOW, newPartial: cache.newPartial });
}

const kilobytes = (letter: string, count = 1) => letter.repeat(count * 1000);

test('the folders that were used longest ago go first, with the contents that only they had', async () => {
  const cache = await newCache();
  const oldest = await addRun(cache, 'oldest', [kilobytes('a'), kilobytes('s')], 300);
  const older = await addRun(cache, 'dvc', [kilobytes('b')], 200);
  const old = await addRun(cache, 'old', [kilobytes('c'), kilobytes('s')], 100);
  await shrink(cache, 4000);
  assert.deepEqual([oldest, older, old].map(existsSync), [true, true, true], 'within the bound nothing goes');
  await shrink(cache, 3999);
  assert.deepEqual([oldest, older, old].map(existsSync), [false, true, true]);
  assert.equal(objectsIn(cache), 3, 'what another run has as well stays');
  await shrink(cache, 2000);
  assert.deepEqual([older, old].map(existsSync), [false, true]);
  assert.equal(readFileSync(join(old, 'file-1'), 'utf8'), kilobytes('s'));
  await shrink(cache, 0);
  assert.equal(existsSync(old), false);
  assert.equal(objectsIn(cache), 0);
});

test('what was used within a day stays, however large it is', async () => {
  const cache = await newCache();
  const inUse = await addRun(cache, 'in use', [kilobytes('a', 50)], 1);
  const old = await addRun(cache, 'old', [kilobytes('b')], 100);
  await shrink(cache, 0);
  assert.deepEqual([inUse, old].map(existsSync), [true, false]);
  assert.equal(objectsIn(cache), 1);
});

test('a folder that is asked for again is in use from then on', async () => {
  const cache = await newCache();
  const old = await addRun(cache, 'old', [kilobytes('a')], 100);
  const file = { sha256: sha256Hex(kilobytes('a')), size: 1000 };
  const files = new Map([['file-0', file]]);
  const again = await cache.folderOf(join('a'.repeat(16), sha256Hex('old').slice(0, 32)), { files, folders: [] });
  assert.equal(again, old);
  await shrink(cache, 0);
  assert.ok(existsSync(old));
});

test('a content that was fetched just now, and is in no folder yet, stays; one that was left long ago goes', async () => {
  const cache = await newCache();
  for (const [letter, hours] of [
    ['a', 0],
    ['b', 100],
  ] as const) {
    const partial = cache.newPartial();
    writeFileSync(partial, kilobytes(letter));
    const sha256 = sha256Hex(kilobytes(letter));
    await cache.keep(partial, { sha256, size: 1000 });
    age(join(cache.folder, 'objects', sha256.slice(0, 2), sha256), hours);
  }
  await shrink(cache, 0);
  assert.equal(objectsIn(cache), 1);
});

test('nothing outside the cache is touched, nor what the cache did not make', {
  skip: process.platform === 'win32',
}, async () => {
  const cache = await newCache();
  const outside = mkdtempSync(join(scratch, 'outside-'));
  const inside = join(outside, 'b'.repeat(32), 'c'.repeat(64));
  mkdirSync(inside, { recursive: true });
  writeFileSync(join(inside, 'precious'), kilobytes('p'));
  age(inside, 1000);
  await addRun(cache, 'old', [kilobytes('a')], 100);
  symlinkSync(outside, join(cache.folder, 'runs', 'd'.repeat(16)));
  const foreign = join(cache.folder, 'runs', 'notes');
  mkdirSync(foreign);
  writeFileSync(join(foreign, 'mine'), kilobytes('m'));
  await shrink(cache, 0);
  assert.ok(existsSync(join(inside, 'precious')));
  assert.ok(existsSync(join(foreign, 'mine')));

  const other = await newCache();
  await addRun(other, 'old', [kilobytes('a')], 100);
  renameSync(join(other.folder, 'runs'), join(outside, 'runs'));
  symlinkSync(join(outside, 'runs'), join(other.folder, 'runs'));
  await shrink(other, 0);
  assert.equal(
    readdirSync(join(outside, 'runs'), { recursive: true, withFileTypes: true }).filter((e) => e.isFile()).length,
    1,
  );
});

test('the cache is looked after when it is made ready, at most once an hour', async () => {
  const cache = await newCache();
  const evicted: string[] = [];
  const lookAfter = async (): Promise<string> => {
    const place = await addRun(cache, `run ${evicted.length}`, [kilobytes('a')], 100);
    process.env['MODEL_SIGNOFF_MOST_CACHE_BYTES'] = '0';
    await cache.prepare();
    delete process.env['MODEL_SIGNOFF_MOST_CACHE_BYTES'];
    evicted.push(place);
    return existsSync(place) ? 'stayed' : 'gone';
  };
  assert.equal(await lookAfter(), 'stayed', 'it was made ready just now');
  age(join(cache.folder, 'last-eviction'), 2);
  assert.equal(await lookAfter(), 'gone');
});

test('the bound is what the environment says, where that is a number', () => {
  assert.equal(mostCacheBytes({}), 10 * 1024 ** 3);
  assert.equal(mostCacheBytes({ MODEL_SIGNOFF_MOST_CACHE_BYTES: '5000' }), 5000);
  for (const said of ['', '-1', 'lots', '1e3']) {
    assert.equal(mostCacheBytes({ MODEL_SIGNOFF_MOST_CACHE_BYTES: said }), 10 * 1024 ** 3);
  }
});
