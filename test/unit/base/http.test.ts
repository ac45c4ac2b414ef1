import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { type HttpRequest, request, requestJson } from '../../../src/base/http.ts';
import { authorizationOf, withoutSecrets } from '../../../src/base/http-credential.ts';
import { pauseBefore } from '../../../src/base/http-retry.ts';
import { type Answer, localServer, sendWithoutEnd } from './local-server.ts';

const SECRET = 'very-secret-token';
const GIGABYTE = 1024 ** 3;

async function problemOf(wanted: HttpRequest): Promise<{ code: string; message: string }> {
  const answer = await requestJson(wanted);
  assert.ok(!answer.ok, 'expected a problem');
  assert.doesNotMatch(answer.problem.message, new RegExp(SECRET), 'no secret is ever said');
  assert.doesNotMatch(answer.problem.message, /token=|\n/);
  return answer.problem;
}

function bearer(origin: string): NonNullable<HttpRequest['credential']> {
  return { origin, credential: { kind: 'bearer', token: SECRET } };
}

function answering(status: number, body = '', headers: Record<string, string> = {}): Answer {
  return (_, response) => void response.writeHead(status, headers).end(body);
}

test('JSON is read, and a credential is sent to its own origin', async () => {
  const server = await localServer(answering(200, '{"a":[1,"ü"]}'));
  const answer = await requestJson({ url: `${server.origin}/x`, credential: bearer(server.origin) });
  assert.ok(answer.ok);
  assert.deepEqual(answer.value.json, { a: [1, 'ü'] });
  assert.equal(server.asked[0]?.authorization, `Bearer ${SECRET}`);
  await requestJson({ url: `${server.origin}/x`, credential: bearer('https://elsewhere.example') });
  assert.equal(server.asked[1]?.authorization, undefined);
  assert.equal(authorizationOf({ kind: 'basic', user: 'ana', password: 'pä:ss' }), 'Basic YW5hOnDDpDpzcw==');
});

test('a name or password in an address is refused, and not repeated', async () => {
  for (const url of [`http://ana:${SECRET}@127.0.0.1/`, `https://${SECRET}@127.0.0.1/`]) {
    assert.match((await problemOf({ url })).message, /has a name or password in it/);
  }
  for (const url of ['file:///etc/passwd', 'mlflow', `ftp://ana:${SECRET}@h/`, 'http://', '//h/x']) {
    assert.equal((await problemOf({ url })).code, 'http-address-refused');
  }
});

const statuses: readonly (readonly [number, string, RegExp])[] = [
  [401, 'http-unauthorized', /asks for a credential \(401\), and none was sent; set the token/],
  [403, 'http-forbidden', /may not be read by you \(403\).*it says “no rights/],
  [404, 'http-missing', /nothing at .* \(404\)/],
  [400, 'http-rejected', /did not accept the request \(400\)/],
  [500, 'http-server-error', /failed \(500\); try again later/],
];
for (const [status, code, sentence] of statuses) {
  test(`${status} becomes one sentence with the address, without its query`, async () => {
    const server = await localServer(answering(status, '{"message":"no rights\\n\\u001b[31mhere."}'));
    const problem = await problemOf({ url: `${server.origin}/a/b?token=${SECRET}`, advice: 'set the token' });
    assert.equal(problem.code, code);
    assert.match(problem.message, sentence);
    assert.ok(problem.message.includes(`“${server.origin}/a/b”`), problem.message);
    assert.ok(!problem.message.includes('\u001b'));
    assert.equal(server.asked.length, 1);
  });
}

test('a credential that is refused is said to be wrong, and never repeated, even where the server repeats it', async () => {
  const server = await localServer((asked, response) =>
    response.writeHead(401).end(JSON.stringify({ message: `bad: ${asked.headers.authorization}` })),
  );
  const { message } = await problemOf({ url: server.origin, credential: bearer(server.origin) });
  assert.match(message, /refused the credential \(401\).*“bad: Bearer \*\*\*”/);
  const basic = { kind: 'basic', user: 'ana', password: 'p"w' } as const;
  assert.equal(withoutSecrets(`${authorizationOf(basic)} p"w p%22w p\\"w`, basic), 'Basic *** *** *** ***');
});

test('a web page, text and broken JSON are not taken for JSON', async () => {
  for (const page of ['<!DOCTYPE html><html>Sign in</html>', '\n <HTML>']) {
    const server = await localServer(answering(200, page));
    assert.match((await problemOf({ url: server.origin })).message, /a web page where data is due/);
  }
  for (const text of ['OK', '{"a":1', '', '{"a":NaN}']) {
    const server = await localServer(answering(200, text));
    assert.match((await problemOf({ url: server.origin })).message, /something that is not JSON/);
  }
  const server = await localServer((_, response) => void response.end(Buffer.from([0x22, 0xff, 0x22])));
  assert.match((await problemOf({ url: server.origin })).message, /bytes that are no text/);
});

test('a server that stalls, before or within its answer, or drips without end, is given up', async () => {
  const timeouts = { answer: 100, idle: 100, total: 400 };
  const silent = await localServer(() => undefined);
  assert.match((await problemOf({ url: silent.origin, timeouts })).message, /did not answer within 0.1 seconds/);
  const stalling = await localServer((_, response) => void response.write('{"a":'));
  assert.match((await problemOf({ url: stalling.origin, timeouts })).message, /stopped sending for 0.1 seconds/);
  const dripping = await localServer((_, response) => {
    const timer = setInterval(() => response.write(' '), 20);
    response.on('close', () => clearInterval(timer));
  });
  assert.match((await problemOf({ url: dripping.origin, timeouts })).message, /took more than 0.4 seconds/);
  assert.equal(silent.asked.length + stalling.asked.length + dripping.asked.length, 3, 'and is not asked again');
});

test('aborting ends it with the reason of whoever aborted', async () => {
  const server = await localServer(() => undefined);
  const reason = new Error('closed the view');
  const controller = new AbortController();
  const asked = request({ url: server.origin, signal: controller.signal });
  setTimeout(() => controller.abort(reason), 20);
  await assert.rejects(asked, reason);
  await assert.rejects(request({ url: server.origin, signal: AbortSignal.abort(reason) }), reason);
});

test('ten gigabytes are not read: announced, not announced, or out of a small gzip', async () => {
  const announced = await localServer(
    (_, response) => void response.writeHead(200, { 'content-length': 10 * GIGABYTE }).write('x'),
  );
  assert.equal((await problemOf({ url: announced.origin, mostBytes: 1000 })).code, 'http-too-large');
  const sent = { bytes: 0 };
  const endless = await localServer((_, response) => sendWithoutEnd(response, Buffer.alloc(65_536), sent));
  const problem = await problemOf({ url: endless.origin, mostBytes: 1_000_000 });
  assert.match(problem.message, /sends more than the 1,000,000 bytes/);
  assert.ok(sent.bytes < 64_000_000, `${sent.bytes} bytes left the server`);
  const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024));
  const packed = await localServer(
    (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
  );
  const before = process.memoryUsage().rss;
  assert.equal((await problemOf({ url: packed.origin, mostBytes: 1_000_000 })).code, 'http-too-large');
  assert.ok(process.memoryUsage().rss - before < 100 * 1024 * 1024);
});

test('an honest gzip is unpacked', async () => {
  const server = await localServer(
    (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"a":1}')),
  );
  const answer = await requestJson({ url: server.origin });
  assert.deepEqual(answer.ok && answer.value.json, { a: 1 });
});

test('a body that is shorter than announced is no answer', async () => {
  const server = await localServer((_, response) => {
    response.writeHead(200, { 'content-length': 100 }).write('{}', () => response.destroy());
  });
  assert.equal((await problemOf({ url: server.origin })).code, 'http-cut-short');
  assert.equal(server.asked.length, 3, 'a reading is tried again');
});

test('another origin is not followed, and never sees the credential', async () => {
  const thief = await localServer(answering(200, '{}'));
  const server = await localServer(answering(302, '', { location: `${thief.origin}/steal?token=1` }));
  const wanted = { url: server.origin, credential: bearer(server.origin), headers: { 'x-own': SECRET } };
  assert.match((await problemOf(wanted)).message, /sends on to another server/);
  assert.equal(thief.asked.length, 0);
  assert.ok((await requestJson({ ...wanted, redirects: 'any origin' })).ok);
  assert.deepEqual(thief.asked, [{ method: 'GET', url: '/steal?token=1', authorization: undefined }]);
});

test('a credential does not come back when the other origin sends back', async () => {
  const there: { origin?: string } = {};
  const back = await localServer(
    (_, response) => void response.writeHead(302, { location: `${there.origin}/end` }).end(),
  );
  const server = await localServer((asked, response) =>
    asked.url === '/end' ? response.end('{}') : response.writeHead(302, { location: back.origin }).end(),
  );
  there.origin = server.origin;
  assert.ok((await requestJson({ url: server.origin, credential: bearer(server.origin), redirects: 'any origin' })).ok);
  assert.deepEqual(
    server.asked.map(({ authorization }) => authorization),
    [`Bearer ${SECRET}`, undefined],
  );
});

test('the same origin is followed for a reading, at most five times, and never for a change', async () => {
  const server = await localServer((asked, response) =>
    asked.url === '/end' ? response.end('{}') : response.writeHead(307, { location: '/end' }).end(),
  );
  assert.ok((await requestJson({ url: `${server.origin}/a` })).ok);
  const posted = await problemOf({ url: `${server.origin}/a`, method: 'POST', body: '{}' });
  assert.match(posted.message, /which only readings follow/);
  const circle = await localServer(answering(302, '', { location: '/again' }));
  assert.match((await problemOf({ url: circle.origin })).message, /sends on more than 5 times/);
  assert.equal(circle.asked.length, 6);
  for (const location of ['file:///etc/passwd', `http://a:${SECRET}@127.0.0.1/`, 'http://[']) {
    const odd = await localServer(answering(302, '', { location }));
    assert.equal((await problemOf({ url: odd.origin, redirects: 'any origin' })).code, 'http-redirected');
  }
});

test('only safe requests are made again, where the trouble may pass', async () => {
  const flaky = () => {
    let count = 0;
    return localServer((_, response) => {
      count += 1;
      response.writeHead(count < 3 ? 503 : 200, { 'retry-after': '0' }).end('{}');
    });
  };
  const [read, searched, changed] = await Promise.all([flaky(), flaky(), flaky()]);
  assert.ok((await requestJson({ url: read.origin })).ok);
  assert.ok((await requestJson({ url: searched.origin, method: 'POST', body: '{}', repeat: 'safe' })).ok);
  assert.equal((await problemOf({ url: changed.origin, method: 'POST', body: '{}' })).code, 'http-server-error');
  assert.deepEqual([read.asked.length, searched.asked.length, changed.asked.length], [3, 3, 1]);
});

test('Retry-After counts within bounds: seconds or a date; longer than ten seconds is not waited', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  assert.equal(pauseBefore(1, null, now), 250);
  assert.equal(pauseBefore(2, null, now), 500);
  assert.equal(pauseBefore(1, '3', now), 3000);
  assert.equal(pauseBefore(1, 'Thu, 01 Jan 2026 00:00:02 GMT', now), 2000);
  assert.equal(pauseBefore(1, 'Thu, 01 Jan 2025 00:00:00 GMT', now), 0);
  assert.equal(pauseBefore(1, '11', now), undefined);
  assert.equal(pauseBefore(1, '9'.repeat(400), now), 250);
  assert.equal(pauseBefore(1, 'soon', now), 250);
});

test('a credential does not travel by plain http beyond this machine', async () => {
  const origin = 'http://mlflow.example';
  const problem = await problemOf({ url: `${origin}/x`, credential: bearer(origin) });
  assert.equal(problem.code, 'http-insecure');
});

test('no such name, nothing there, and no web server are told apart', async () => {
  assert.match((await problemOf({ url: 'http://nothing.invalid/' })).message, /no server called “nothing.invalid”/);
  const gone = createSocketServer();
  await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
  const { port } = gone.address() as AddressInfo;
  await new Promise((resolve) => gone.close(resolve));
  assert.match((await problemOf({ url: `http://127.0.0.1:${port}/` })).message, /Nothing answers at/);
  const other = createSocketServer((socket) => socket.on('error', () => undefined).end('SSH-2.0-OpenSSH_9.2\r\n'));
  after(() => other.close());
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const strange = `http://127.0.0.1:${(other.address() as AddressInfo).port}/`;
  assert.match((await problemOf({ url: strange })).message, /did not answer as a web server does/);
});

test('a port that is kept for other protocols is never called, so nobody can have heard anything', async () => {
  const problem = await problemOf({ url: 'http://127.0.0.1:9/', method: 'POST' });
  assert.equal(problem.code, 'http-unreachable');
  assert.match(problem.message, /“http:\/\/127\.0\.0\.1:9” has a port that is kept for other protocols/);
});

test('a self-signed certificate is refused, with the way to trust it', async () => {
  const fixture = (name: string) => readFileSync(new URL(`../../fixtures/http/${name}`, import.meta.url));
  const server = createSecureServer(
    { key: fixture('self-signed.key'), cert: fixture('self-signed.crt') },
    (_, response) => response.end('{}'),
  );
  after(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const problem = await problemOf({ url: `https://127.0.0.1:${port}/` });
  assert.equal(problem.code, 'http-certificate');
  assert.match(problem.message, /NODE_EXTRA_CA_CERTS/);
  const plain = await problemOf({ url: `http://127.0.0.1:${port}/` });
  assert.match(plain.code, /http-(?:cut-short|unreachable|rejected)/);
});
