import assert from 'node:assert/strict';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fail, succeed } from '../../../src/base/result.ts';
import { openAllowedRuns, type RunsWanted } from '../../../src/extension/engine/open-allowed-runs.ts';
import { OpenRunsCache, type Reading } from '../../../src/extension/engine/open-runs-cache.ts';
import type { ListOptions, OpenRuns } from '../../../src/runs/open-runs.ts';

const folder = mkdtempSync(join(tmpdir(), 'signoff-cache-'));
after(() => rmSync(folder, { recursive: true, force: true }));
writeFileSync(join(folder, 'mlflow.db'), 'one');

/** A source that writes down what it is asked. */
class PlayedRuns implements OpenRuns {
  readonly source;
  readonly listings: (readonly string[] | undefined)[] = [];
  closed = 0;
  breaksOff = false;

  constructor(watched: readonly string[] = []) {
    this.source = { kind: 'mlflow-sqlite' as const, location: 'mlflow.db', watched };
  }

  async list({ changed }: ListOptions = {}): ReturnType<OpenRuns['list']> {
    this.listings.push(changed);
    if (this.breaksOff) throw new DOMException('Stopped.', 'AbortError');
    return { value: [], problems: [] };
  }
  async load(): ReturnType<OpenRuns['load']> {
    return fail('run-missing', 'None.');
  }
  close(): void {
    this.closed += 1;
  }
}

function played(watched: readonly string[] = []): { cache: OpenRunsCache; opened: PlayedRuns[] } {
  const opened: PlayedRuns[] = [];
  const cache = new OpenRunsCache(async () => {
    const runs = new PlayedRuns(watched);
    opened.push(runs);
    return succeed(runs);
  });
  return { cache, opened };
}

const WANTED: RunsWanted = {
  policyFile: join(folder, 'signoff.yaml'),
  source: { mlflow: 'mlflow.db' },
  trust: 'trusted',
  surroundings: {},
};
const WHOLE: Reading = { kind: 'whole' };
const changes = (...paths: string[]): Reading => ({ kind: 'changes', paths });
const look = (cache: OpenRunsCache, reading: Reading, wanted: Partial<RunsWanted> = {}): Promise<unknown> =>
  cache.lend({ ...WANTED, ...wanted }, reading, (lent) => lent.list({}));

describe('runs that stay open between looks', { skip: process.platform === 'win32' }, () => {
  test('are opened once, and told what changed', async () => {
    const { cache, opened } = played();
    await look(cache, WHOLE);
    await look(cache, changes('/store/a'));
    await look(cache, WHOLE);
    assert.equal(opened.length, 1);
    assert.deepEqual(opened[0]?.listings, [undefined, ['/store/a'], undefined]);
    assert.equal(opened[0]?.closed, 0);
  });

  test('are read whole after a listing that was broken off', async () => {
    const { cache, opened } = played();
    await look(cache, WHOLE);
    const [runs] = opened;
    assert.ok(runs);
    runs.breaksOff = true;
    await assert.rejects(look(cache, changes('/store/a')), { name: 'AbortError' });
    runs.breaksOff = false;
    await look(cache, changes('/store/b'));
    assert.deepEqual(runs.listings, [undefined, ['/store/a'], undefined]);
  });

  for (const [what, other] of [
    ['the policy', { policyFile: join(folder, 'other.yaml') }],
    ['its run section', { source: { mlflow: 'mlflow.db', experiment: 'credit' } }],
    ['the kind of the source', { source: { dvc: '.' } }],
    ['the trust in the folder', { trust: 'untrusted' }],
  ] satisfies [string, Partial<RunsWanted>][]) {
    test(`are opened anew when ${what} is another`, async () => {
      const { cache, opened } = played();
      await look(cache, WHOLE);
      await look(cache, changes('/store/a'), other);
      assert.deepEqual(
        opened.map(({ closed, listings }) => [closed, listings]),
        [
          [1, [undefined]],
          [0, [undefined]],
        ],
      );
    });
  }

  test('are opened anew when somebody asks for that', async () => {
    const { cache, opened } = played();
    await look(cache, WHOLE);
    await look(cache, { kind: 'anew' });
    assert.deepEqual(
      opened.map(({ closed }) => closed),
      [1, 0],
    );
  });

  test('are opened anew when another file stands in the store’s place, or none', async () => {
    const { cache, opened } = played();
    await look(cache, WHOLE);
    writeFileSync(join(folder, 'other.db'), 'two');
    renameSync(join(folder, 'other.db'), join(folder, 'mlflow.db'));
    await look(cache, changes('/store/a'));
    rmSync(join(folder, 'mlflow.db'));
    await look(cache, changes('/store/a'));
    writeFileSync(join(folder, 'mlflow.db'), 'three');
    assert.deepEqual(
      opened.map(({ closed }) => closed),
      [1, 1, 0],
    );
  });

  test('are let go at once where a write-ahead log waits to be folded in by whoever closes last', async () => {
    const log = join(folder, 'mlflow.db-wal');
    writeFileSync(log, 'log');
    const { cache, opened } = played([log]);
    await look(cache, WHOLE);
    assert.equal(opened[0]?.closed, 1);
    rmSync(log);
    await look(cache, WHOLE);
    await look(cache, WHOLE);
    assert.equal(opened.length, 2);
  });

  test('are neither closed nor lent to somebody else while they are read', async () => {
    const { cache, opened } = played();
    const events: string[] = [];
    const first = cache.lend(WANTED, WHOLE, async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      events.push(`first, closed ${opened[0]?.closed} times`);
    });
    const second = cache.lend(WANTED, { kind: 'anew' }, async () => void events.push('second'));
    const closing = cache.close();
    await Promise.all([first, second, closing]);
    assert.deepEqual(events, ['first, closed 0 times', 'second']);
    assert.deepEqual(
      opened.map(({ closed }) => closed),
      [1, 1],
    );
  });
});

describe('an untrusted folder', () => {
  test('has no server asked, and is told so', async () => {
    const wanted = { ...WANTED, trust: 'untrusted' as const };
    for (const mlflow of ['https://mlflow.example', 'HTTP://mlflow.example:5000/x']) {
      const opened = await openAllowedRuns({ ...wanted, source: { mlflow } });
      assert.equal(opened.ok ? '' : opened.problem.code, 'network-untrusted');
    }
  });

  test('has no git asked for DVC’s runs', async () => {
    const opened = await openAllowedRuns({ ...WANTED, trust: 'untrusted', source: { dvc: '.' } });
    assert.equal(opened.ok ? '' : opened.problem.code, 'git-untrusted');
  });
});
