import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fail, type Result, succeed } from '../../../src/base/result.ts';
import type { CallOptions, Engine } from '../../../src/extension/engine-client.ts';
import { findPolicies, findPolicy } from '../../../src/extension/state/find-policy.ts';
import { SignoffState, type Surroundings } from '../../../src/extension/state/signoff-state.ts';
import { checked, outcome, policy } from './samples.ts';

const root = mkdtempSync(join(tmpdir(), 'signoff-state-'));
after(() => rmSync(root, { recursive: true, force: true }));

function folder(name: string, ...policies: readonly string[]): string {
  const path = join(root, name);
  mkdirSync(path, { recursive: true });
  for (const file of policies) {
    mkdirSync(join(path, file, '..'), { recursive: true });
    writeFileSync(join(path, file), '');
  }
  return path;
}

describe('finding the policy', () => {
  test('takes the one at the top before one below', async () => {
    const place = folder('both', 'signoff.yaml', 'a/signoff.yaml');
    assert.equal(await findPolicy([place], undefined), join(place, 'signoff.yaml'));
  });

  test('looks one level down, in order, and no deeper', async () => {
    const place = folder('below', 'b/signoff.yaml', 'a/deep/signoff.yaml', 'node_modules/signoff.yaml');
    assert.equal(await findPolicy([place], 'signoff.yaml'), join(place, 'b/signoff.yaml'));
  });

  test('takes the one that the setting names, or none', async () => {
    const place = folder('named', 'signoff.yaml', 'other.yaml');
    assert.equal(await findPolicy([place], 'other.yaml'), join(place, 'other.yaml'));
    assert.equal(await findPolicy([place], 'absent.yaml'), undefined);
  });
});

describe('several policies', () => {
  test('are all offered, the one that is taken unasked first', async () => {
    const one = folder('several/one', 'signoff.yaml', 'b/signoff.yaml');
    const two = folder('several/two', 'signoff.yaml', 'deep/er/signoff.yaml');
    const found = [join(one, 'signoff.yaml'), join(one, 'b/signoff.yaml'), join(two, 'signoff.yaml')];
    assert.deepEqual(await findPolicies([one, two], undefined), found);
    assert.deepEqual(await findPolicies([two, one], 'b/signoff.yaml'), [found[1], found[2], found[0]]);
  });

  test('the one that a person chose is looked at, until it is gone or its folder is closed', async () => {
    const one = folder('chosen/one', 'signoff.yaml');
    const two = folder('chosen/two', 'signoff.yaml');
    const [first, second] = [join(one, 'signoff.yaml'), join(two, 'signoff.yaml')];
    let [chosen, folders] = [undefined as string | undefined, [one, two]];
    const set = (policyFile: string): void => {
      chosen = policyFile;
    };
    const chosenPolicy = { get: () => chosen, set };
    const engine = new PlayedEngine();
    const state = stateOf(engine, { folders: () => folders, chosenPolicy });
    const taken = async (): Promise<unknown> => {
      const asked = engine.asked.length;
      void state.refresh('everything');
      while (engine.asked.length === asked) await new Promise((resolve) => setTimeout(resolve, 1));
      const { policyFile } = (engine.asked.at(-1)?.input ?? {}) as { policyFile?: string };
      return policyFile;
    };
    assert.equal(await taken(), first);
    void state.selectPolicy(second);
    assert.equal(await taken(), second);
    folders = [one];
    assert.equal(await taken(), first);
    folders = [one, two];
    rmSync(second);
    assert.equal(await taken(), first);
    state.dispose();
  });
});

/** An engine that answers when a test says so. */
class PlayedEngine implements Engine {
  readonly asked: { operation: string; input: unknown; options: CallOptions }[] = [];
  readonly #answers: ((result: Result<never>) => void)[] = [];

  call(operation: string, input: unknown, options: CallOptions = {}): Promise<Result<never>> {
    this.asked.push({ operation, input, options });
    return new Promise((resolve) => this.#answers.push(resolve));
  }

  answer(index: number, result: Result<unknown>): void {
    this.#answers[index]?.(result as Result<never>);
  }

  dispose(): void {}
}

function stateOf(engine: Engine, changes: Partial<Surroundings> = {}): SignoffState {
  return new SignoffState(engine, {
    folders: () => [folder('one', 'signoff.yaml')],
    policySetting: () => undefined,
    trust: () => 'trusted',
    chosenPolicy: { get: () => undefined, set: () => {} },
    chosenRun: { get: () => undefined, set: () => {} },
    ...changes,
  });
}

const { assessed } = checked([outcome()]);
const good = succeed({
  policy: policy(),
  policyProblems: [],
  source: { kind: 'mlflow-sqlite', location: 'mlflow.db' },
  runs: [],
  runProblems: [],
  assessed,
  obstacle: undefined,
  watched: [],
  watchedFolders: [],
});
const approvals = succeed({ environments: [], outcomes: [outcome()], whyNoSigning: undefined, watched: [] });
const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

/** Until the engine was asked so many questions; finding the policy takes as long as the disk needs. */
async function askedTimes(engine: PlayedEngine, count: number): Promise<void> {
  while (engine.asked.length < count) await soon();
}

describe('the state', () => {
  test('evaluates, then reads approvals', async () => {
    const engine = new PlayedEngine();
    const state = stateOf(engine);
    const done = state.refresh('everything');
    await askedTimes(engine, 1);
    assert.equal(state.snapshot.activity, 'checking');
    engine.answer(0, good);
    await askedTimes(engine, 2);
    engine.answer(1, approvals);
    await done;
    assert.deepEqual(
      engine.asked.map(({ operation }) => operation),
      ['assess', 'approvals'],
    );
    assert.equal(state.snapshot.activity, 'idle');
    assert.equal(state.snapshot.approvals?.outcomes.length, 1);
  });

  test('drops the older question when a newer one is asked', async () => {
    const engine = new PlayedEngine();
    const state = stateOf(engine);
    void state.refresh('everything');
    await askedTimes(engine, 1);
    const done = state.refresh('everything');
    await askedTimes(engine, 2);
    assert.equal(engine.asked[0]?.options.signal?.aborted, true);
    engine.answer(1, good);
    await askedTimes(engine, 3);
    engine.answer(2, approvals);
    // The old answer comes late, and changes nothing.
    engine.answer(0, succeed({ ...(good.ok ? good.value : {}), assessed: undefined }));
    await done;
    assert.equal(state.snapshot.assessed, assessed);
  });

  test('never runs git in an untrusted folder', async () => {
    const engine = new PlayedEngine();
    const state = stateOf(engine, { trust: () => 'untrusted' });
    const done = state.refresh('everything');
    await askedTimes(engine, 1);
    engine.answer(0, good);
    await done;
    assert.deepEqual(
      engine.asked.map(({ operation }) => operation),
      ['assess'],
    );
    assert.equal(state.snapshot.approvalsObstacle?.code, 'untrusted');
  });

  test('keeps no old assessment beside a policy that can’t be evaluated any more', async () => {
    const engine = new PlayedEngine();
    const state = stateOf(engine);
    const first = state.refresh('everything');
    await askedTimes(engine, 1);
    engine.answer(0, good);
    await askedTimes(engine, 2);
    engine.answer(1, approvals);
    await first;
    const second = state.refresh('everything');
    await askedTimes(engine, 3);
    engine.answer(2, fail('policy-unreadable', 'No.'));
    await second;
    assert.equal(state.snapshot.assessed, undefined);
    assert.equal(state.snapshot.obstacle?.code, 'policy-unreadable');
  });

  test('asks once for many changes in a row', async () => {
    const engine = new PlayedEngine();
    const state = stateOf(engine);
    for (let change = 0; change < 10; change += 1) state.schedule('everything');
    await new Promise((resolve) => setTimeout(resolve, 400));
    assert.equal(engine.asked.length, 1);
    state.dispose();
  });

  /** A state that has landed once. */
  async function landed(engine: PlayedEngine): Promise<SignoffState> {
    const state = stateOf(engine);
    const first = state.refresh('everything');
    await askedTimes(engine, 1);
    engine.answer(0, good);
    await askedTimes(engine, 2);
    engine.answer(1, approvals);
    await first;
    return state;
  }
  const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 400));
  const asShown = succeed({ ...(good.ok ? good.value : {}), assessed: 'as shown' });
  const inputs = (engine: PlayedEngine): unknown[] =>
    engine.asked.filter(({ operation }) => operation === 'assess').map(({ input }) => input);

  test('has only what changed read again, and keeps what is shown where that still holds', async () => {
    const engine = new PlayedEngine();
    const state = await landed(engine);
    state.schedule('changes', ['/store/1/metrics/auc']);
    state.schedule('changes', ['/store/1/metrics/loss']);
    await askedTimes(engine, 3);
    assert.equal(state.snapshot.activity, 'looking');
    assert.deepEqual(inputs(engine).at(-1), {
      policyFile: state.snapshot.policyFile,
      run: undefined,
      trust: 'trusted',
      reading: { kind: 'changes', paths: ['/store/1/metrics/auc', '/store/1/metrics/loss'] },
      git: 'same',
      shown: assessed?.digest,
    });
    engine.answer(2, asShown);
    await state.settled();
    assert.equal(state.snapshot.assessed, assessed);
    assert.equal(engine.asked.length, 3, 'git was asked though nothing had changed there');
    assert.equal(state.snapshot.activity, 'idle');
  });

  test('reads approvals again when git told of a change as well', async () => {
    const engine = new PlayedEngine();
    const state = await landed(engine);
    state.schedule('changes', ['/store/1/metrics/auc']);
    state.schedule('approvals');
    await askedTimes(engine, 3);
    engine.answer(2, asShown);
    await askedTimes(engine, 4);
    assert.equal(engine.asked[3]?.operation, 'approvals');
  });

  test('lets a look land before the next one, however much changes meanwhile', async () => {
    const engine = new PlayedEngine();
    const state = await landed(engine);
    state.schedule('changes', ['/a']);
    await askedTimes(engine, 3);
    state.schedule('changes', ['/b']);
    await later();
    state.schedule('changes', ['/c']);
    await later();
    assert.equal(engine.asked.length, 3);
    assert.equal(engine.asked[2]?.options.signal?.aborted, false);
    engine.answer(2, asShown);
    await askedTimes(engine, 4);
    const { reading } = inputs(engine).at(-1) as { reading: unknown };
    assert.deepEqual(reading, { kind: 'changes', paths: ['/c', '/b'] });
    state.dispose();
  });

  test('does not wait for the look under way when the policy changed', async () => {
    const engine = new PlayedEngine();
    const state = await landed(engine);
    state.schedule('changes', ['/a']);
    await askedTimes(engine, 3);
    state.schedule('everything', ['/signoff.yaml']);
    await askedTimes(engine, 4);
    assert.equal(engine.asked[2]?.options.signal?.aborted, true);
    const { reading } = inputs(engine).at(-1) as { reading: unknown };
    assert.deepEqual(reading, { kind: 'whole' });
    state.dispose();
  });

  test('can be stopped, and knows at the next look what it did not get to', async () => {
    const engine = new PlayedEngine();
    const state = await landed(engine);
    void state.refresh('anew');
    await askedTimes(engine, 3);
    state.stop();
    assert.equal(engine.asked[2]?.options.signal?.aborted, true);
    assert.deepEqual([state.snapshot.activity, state.snapshot.assessed], ['idle', assessed]);
    state.schedule('changes', ['/a']);
    await askedTimes(engine, 4);
    const { reading } = inputs(engine).at(-1) as { reading: unknown };
    assert.deepEqual(reading, { kind: 'anew' });
    state.dispose();
  });

  test('tells what long work is about', async () => {
    const engine = new PlayedEngine();
    const state = await landed(engine);
    const steps: string[] = [];
    state.onDidProgress(({ message }) => steps.push(message));
    state.schedule('changes', ['/a']);
    await askedTimes(engine, 3);
    engine.asked[2]?.options.reportProgress?.({ message: 'Fetching model.pkl' });
    assert.deepEqual([steps, state.snapshot.activity], [['Fetching model.pkl'], 'checking']);
    state.dispose();
  });
});
