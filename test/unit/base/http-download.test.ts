import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { sha256Hex } from '../../../src/base/hashing.ts';
import { type Download, download } from '../../../src/base/http-download.ts';
import { localServer, sendWithoutEnd } from './local-server.ts';

const scratch = mkdtempSync(join(tmpdir(), 'signoff-download-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

let count = 0;
async function fetched(url: string, wanted: Partial<Download> = {}) {
  count += 1;
  const file = join(scratch, String(count));
  return { file, result: await download({ url, file, mostBytes: 1_000_000, ...wanted }) };
}

async function refused(url: string, wanted: Partial<Download> = {}): Promise<string> {
  const { file, result } = await fetched(url, wanted);
  assert.ok(!result.ok, 'expected a problem');
  assert.ok(!existsSync(file), 'nothing is left of it');
  return result.problem.message;
}

test('a file is streamed, hashed, and readable for its owner alone', async () => {
  const content = Buffer.alloc(300_000, 'ab');
  const server = await localServer((_, response) => void response.writeHead(200, { etag: '"t1"' }).end(content));
  const { file, result } = await fetched(server.origin, { expectedBytes: 300_000 });
  assert.deepEqual(result, {
    ok: true,
    value: { kind: 'fetched', bytes: 300_000, sha256: sha256Hex(content), tag: '"t1"' },
  });
  assert.ok(readFileSync(file).equals(content));
  if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600);
});

test('a weak tag is none: bytes may change under it', async () => {
  const server = await localServer((_, response) => void response.writeHead(200, { etag: 'W/"t1"' }).end('a'));
  const { result } = await fetched(server.origin);
  assert.ok(result.ok && result.value.kind === 'fetched' && result.value.tag === undefined);
});

test('a file that has not changed since its tag is not sent again', async () => {
  const server = await localServer((asked, response) => {
    response.writeHead(asked.headers['if-none-match'] === '"t1"' ? 304 : 200).end();
  });
  const { result } = await fetched(server.origin, { unlessTag: '"t1"' });
  assert.deepEqual(result, { ok: true, value: { kind: 'unchanged' } });
  const unasked = await localServer((_, response) => void response.writeHead(304).end());
  assert.match(await refused(unasked.origin), /304/);
});

test('a short body, another size than listed, and a part of a file are never a file', async () => {
  const short = await localServer((_, response) => {
    response.writeHead(200, { 'content-length': 100 }).write('abc', () => response.destroy());
  });
  assert.match(await refused(short.origin), /broke off|less than it announced/);
  const broken = await localServer((_, response) => {
    response.writeHead(200, { 'transfer-encoding': 'chunked' }).write('abc', () => response.destroy());
  });
  assert.match(await refused(broken.origin), /broke off/);
  const other = await localServer((_, response) => void response.end('abc'));
  assert.match(await refused(other.origin, { expectedBytes: 4 }), /has 3 bytes in place of the 4/);
  const part = await localServer(
    (_, response) => void response.writeHead(206, { 'content-range': 'bytes 0-1/9' }).end('ab'),
  );
  assert.match(await refused(part.origin), /206 in place of 200/);
});

test('a body whose end can’t be told from a broken connection is refused, unless its size is listed', async () => {
  const server = await localServer((asked, response) => {
    response.useChunkedEncodingByDefault = false;
    response.removeHeader('transfer-encoding');
    asked.socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nabc');
  });
  assert.match(await refused(server.origin), /without its length/);
  assert.ok((await fetched(server.origin, { expectedBytes: 3 })).result.ok);
});

test('a packed body is refused: one that is cut short would pass for whole', async () => {
  const packed = gzipSync(Buffer.alloc(10_000));
  const server = await localServer(
    (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed.subarray(0, 15)),
  );
  assert.match(await refused(server.origin), /comes packed/);
});

test('ten gigabytes stop at the bound', async () => {
  const sent = { bytes: 0 };
  const endless = await localServer((_, response) => sendWithoutEnd(response, Buffer.alloc(65_536), sent));
  assert.match(await refused(endless.origin), /more than the 1,000,000 bytes/);
  assert.ok(sent.bytes < 64_000_000, `${sent.bytes} bytes left the server`);
  const announced = await localServer(
    (_, response) => void response.writeHead(200, { 'content-length': 10 * 1024 ** 3 }).write('x'),
  );
  assert.match(await refused(announced.origin), /more than/);
});

test('stalling in the middle, and aborting, leave nothing', async () => {
  const server = await localServer((_, response) => void response.writeHead(200, { 'content-length': 9 }).write('abc'));
  assert.match(await refused(server.origin, { timeouts: { idle: 100 } }), /stopped sending/);
  const file = join(scratch, 'aborted');
  const reason = new Error('enough');
  const controller = new AbortController();
  const going = download({
    url: server.origin,
    file,
    mostBytes: 100,
    signal: controller.signal,
    reportBytes: () => controller.abort(reason),
  });
  await assert.rejects(going, reason);
  assert.ok(!readdirSync(scratch).includes('aborted'));
});

test('storage that is sent on to gets no credential', async () => {
  const storage = await localServer((_, response) => void response.end('abc'));
  const server = await localServer(
    (_, response) => void response.writeHead(302, { location: `${storage.origin}/signed?x=1` }).end(),
  );
  const credential = { origin: server.origin, credential: { kind: 'bearer', token: 'secret' } } as const;
  const { result } = await fetched(server.origin, { credential, redirects: 'any origin' });
  assert.ok(result.ok);
  assert.equal(storage.asked[0]?.authorization, undefined);
  assert.match(await refused(server.origin, { credential }), /sends on to another server/);
});
