import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fail, type Result, succeed } from '../../../src/base/result.ts';
import type { CallOptions, Engine } from '../../../src/extension/engine-client.ts';
import { findPolicy } from '../../../src/extension/state/find-policy.ts';
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

describe('the state', () => {
  test('evaluates, then reads approvals', async () => {
    const engine = new PlayedEngine();
    const state = stateOf(engine);
    const done = state.refresh('everything');
    await soon();
    assert.equal(state.snapshot.activity, 'checking');
    engine.answer(0, good);
    await soon();
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
    await soon();
    const done = state.refresh('everything');
    await soon();
    assert.equal(engine.asked[0]?.options.signal?.aborted, true);
    engine.answer(1, good);
    await soon();
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
    await soon();
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
    await soon();
    engine.answer(0, good);
    await soon();
    engine.answer(1, approvals);
    await first;
    const second = state.refresh('everything');
    await soon();
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
});
