import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import { fail, type Result, succeed } from '../../../src/base/result.ts';
import type { PipelineStatusReply } from '../../../src/extension/engine/pipeline-status.ts';
import type { Engine } from '../../../src/extension/engine-client.ts';
import type { Disposable } from '../../../src/extension/lifecycle.ts';
import { Listeners } from '../../../src/extension/listeners.ts';
import { followPipelineRuns } from '../../../src/extension/state/pipeline-runs.ts';
import { NOTHING_YET, type Snapshot } from '../../../src/extension/state/snapshot.ts';
import type { RingRecord } from '../../../src/pipeline/ring-book.ts';
import { policy } from './samples.ts';

const NOW = Date.parse('2026-11-28T08:00:00Z');
const RECORD: RingRecord = {
  ...{ correlation: 'c'.repeat(32), system: 'github', environment: 'production', event: 'on_approved' },
  ...{ model: 'credit', version: 'd'.repeat(64), title: 'GitHub: start deploy.yml', state: 'accepted' },
  ...{ attempt: 1, pid: 1, followed: true, message: 'It was started.', sentAt: '2026-11-28T07:59:00Z' },
};
const RUNNING: RingRecord = { ...RECORD, run: { id: '7' }, status: 'running' };
const ENDED: RingRecord = { ...RUNNING, status: 'succeeded' };
const PIPELINE = { production: { on_approved: { webhook: { url: 'https://hooks.acme.example' } } } };

type Reply = Result<PipelineStatusReply>;

const FOLDERS = { ringFolder: '/w/.git/rings', tagFolders: ['/w/.git/tags'] };

function scene() {
  const changes = new Listeners<Snapshot>();
  const asked: string[] = [];
  const waiting: ((reply: Reply) => void)[] = [];
  const state = { snapshot: NOTHING_YET, onDidChange: changes.add };
  const call = (_: string, { policyFile, look }: { policyFile: string; look: string }): Promise<Reply> => {
    asked.push(`${look} ${policyFile}`);
    return new Promise((resolve) => waiting.push(resolve));
  };
  const watched = new Map<string, () => void>();
  const watchFolder = (folder: string, onChange: () => void): Disposable => {
    watched.set(folder, onChange);
    return { dispose: () => watched.delete(folder) };
  };
  let tags = 0;
  const onTag = (): void => {
    tags += 1;
  };
  const runs = followPipelineRuns(state, { call } as unknown as Pick<Engine, 'call'>, { watchFolder, onTag });
  const shown: string[][] = [];
  runs.onDidChange(() => shown.push(runs.records.map(({ status, title }) => status ?? title)));
  return {
    ...{ runs, asked, shown, watched, tags: () => tags },
    /** The policy that the state has from now on, with a pipeline unless said otherwise. */
    open: (policyFile: string | undefined, changed: Partial<Snapshot> = {}): void => {
      const withPipeline = { ...policy(), pipeline: PIPELINE };
      state.snapshot = { ...NOTHING_YET, trust: 'trusted', policyFile, policy: withPipeline, ...changed };
      changes.tell(state.snapshot);
    },
    /** The oldest question that waits is answered. */
    answer: async (...records: readonly RingRecord[]): Promise<void> => give(succeed({ records, ...FOLDERS })),
    fail: async (): Promise<void> => give(fail('policy-unreadable', 'It can’t be read.')),
  };
  async function give(reply: Reply): Promise<void> {
    const resolve = waiting.shift();
    assert.ok(resolve, 'Nobody waits for an answer.');
    resolve(reply);
    await new Promise((done) => setImmediate(done));
  }
}

describe('following what pipelines were told', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'], now: NOW }));
  afterEach(() => mock.timers.reset());

  test('what is remembered is shown first, and no server is asked where every run has ended', async () => {
    const { open, answer, asked, shown } = scene();
    open('/w/signoff.yaml');
    await answer(ENDED);
    mock.timers.tick(3_600_000);
    assert.deepEqual(asked, ['remembered /w/signoff.yaml']);
    assert.deepEqual(shown, [['succeeded']]);
  });

  test('a run is asked about until it ends, less and less often, at least twice a minute', async () => {
    const { open, answer, asked } = scene();
    open('/w/signoff.yaml');
    await answer(RUNNING);
    const pauses: number[] = [];
    while (pauses.length < 10) {
      const before = asked.length;
      let pause = 0;
      while (asked.length === before) {
        mock.timers.tick(50);
        pause += 50;
      }
      pauses.push(pause);
      await answer(RUNNING);
    }
    assert.deepEqual(pauses.slice(0, 4), [2_000, 3_000, 4_500, 6_750]);
    assert.deepEqual([pauses.at(-1), Math.max(...pauses)], [30_000, 30_000]);
    mock.timers.tick(30_000);
    await answer(ENDED);
    const before = asked.length;
    mock.timers.tick(3_600_000);
    assert.equal(asked.length, before);
  });

  test('a ring during a look is looked at afterwards, once, however many there were', async () => {
    const { open, answer, asked, runs } = scene();
    open('/w/signoff.yaml');
    runs.look();
    runs.look();
    assert.deepEqual(asked, ['remembered /w/signoff.yaml']);
    await answer();
    assert.deepEqual(asked, ['remembered /w/signoff.yaml', 'ask /w/signoff.yaml']);
    await answer(ENDED);
    assert.equal(asked.length, 2);
    assert.deepEqual(runs.records, [ENDED]);
  });

  test('a ring makes polling quick again, and never doubles it', async () => {
    const { open, answer, asked, runs } = scene();
    open('/w/signoff.yaml');
    await answer(RUNNING);
    for (let count = 0; count < 8; count += 1) {
      mock.timers.tick(30_000);
      await answer(RUNNING);
    }
    runs.look();
    await answer(RUNNING);
    const before = asked.length;
    mock.timers.tick(2_000);
    assert.equal(asked.length, before + 1);
    mock.timers.tick(60_000);
    assert.equal(asked.length, before + 1, 'while one look is on its way no other starts');
  });

  test('a look that fails leaves what is known, and the run is asked about again', async () => {
    const { open, answer, fail: failed, asked, runs } = scene();
    open('/w/signoff.yaml');
    await answer(RUNNING);
    mock.timers.tick(2_000);
    await failed();
    assert.deepEqual(runs.records, [RUNNING]);
    mock.timers.tick(3_000);
    await answer(ENDED);
    assert.deepEqual([asked.length, runs.records], [3, [ENDED]]);
  });

  test('what comes for another policy than the one that is shown now is shown to nobody', async () => {
    const { open, answer, asked, shown } = scene();
    open('/w/a/signoff.yaml');
    open('/w/b/signoff.yaml');
    await answer(RUNNING);
    assert.deepEqual(shown, []);
    await answer(ENDED);
    assert.deepEqual(asked, ['remembered /w/a/signoff.yaml', 'remembered /w/b/signoff.yaml']);
    assert.deepEqual(shown, [['succeeded']]);
  });

  const LEFT: readonly (readonly [string, string | undefined, Partial<Snapshot>])[] = [
    ['the policy is gone', undefined, {}],
    ['it names no pipeline any more', '/w/signoff.yaml', { policy: policy() }],
  ];
  for (const [what, policyFile, changed] of LEFT) {
    test(`once ${what}, nothing is shown or asked, not even what was on its way`, async () => {
      const { open, answer, asked, runs } = scene();
      open('/w/signoff.yaml');
      await answer(RUNNING);
      mock.timers.tick(2_000);
      open(policyFile, changed);
      assert.deepEqual(runs.records, []);
      await answer(RUNNING);
      assert.deepEqual(runs.records, []);
      mock.timers.tick(3_600_000);
      assert.equal(asked.length, 2);
    });
  }

  test('nothing is asked in a folder that is not trusted, until it is', async () => {
    const { open, asked, runs } = scene();
    open('/w/signoff.yaml', { trust: 'untrusted' });
    runs.look();
    assert.deepEqual(asked, []);
    open('/w/signoff.yaml');
    assert.deepEqual(asked, ['remembered /w/signoff.yaml']);
  });

  test('what another program told is shown at once, and asked about soon, without any poll before', async () => {
    const { open, answer, asked, shown, watched } = scene();
    open('/w/signoff.yaml');
    await answer(ENDED);
    mock.timers.tick(3_600_000);
    watched.get('/w/.git/rings')?.();
    assert.deepEqual(asked, ['remembered /w/signoff.yaml', 'remembered /w/signoff.yaml']);
    await answer({ ...RUNNING, correlation: 'e'.repeat(32) }, ENDED);
    assert.deepEqual(shown.at(-1), ['running', 'succeeded']);
    mock.timers.tick(2_000);
    assert.equal(asked.at(-1), 'ask /w/signoff.yaml');
  });

  test('a record that says nothing new makes nothing new of the views', async () => {
    const { open, answer, shown, watched } = scene();
    open('/w/signoff.yaml');
    await answer(ENDED);
    watched.get('/w/.git/rings')?.();
    await answer(ENDED);
    assert.deepEqual(shown, [['succeeded']]);
  });

  test('a tag of another program is told of, and with the policy all watches go', async () => {
    const { open, answer, asked, watched, tags } = scene();
    open('/w/signoff.yaml');
    await answer();
    watched.get('/w/.git/tags')?.();
    assert.deepEqual([tags(), asked.length], [1, 1]);
    open(undefined);
    assert.equal(watched.size, 0);
  });

  test('a policy that tells others from now on is looked at again', async () => {
    const { open, answer, asked } = scene();
    open('/w/signoff.yaml');
    await answer(ENDED);
    open('/w/signoff.yaml', { policy: { ...policy(), pipeline: { staging: PIPELINE.production } } });
    assert.equal(asked.length, 2);
    open('/w/signoff.yaml', { policy: { ...policy(), pipeline: { staging: { ...PIPELINE.production } } } });
    await answer(ENDED);
    assert.equal(asked.length, 2, 'the same is not asked twice');
  });

  test('after it was let go of, nothing is asked or told any more', async () => {
    const { open, answer, asked, shown, runs } = scene();
    open('/w/signoff.yaml');
    runs.dispose();
    await answer(RUNNING);
    runs.look();
    open('/w/b/signoff.yaml');
    mock.timers.tick(3_600_000);
    assert.deepEqual([asked.length, shown], [1, []]);
  });
});
