import assert from 'node:assert/strict';
import { describe, mock, test } from 'node:test';
import { EngineClient, type WorkerPort } from '../../../src/extension/engine-client.ts';
import type { FromWorker, ToWorker } from '../../../src/extension/engine-protocol.ts';

/** A worker thread that a test plays. */
class PlayedWorker implements WorkerPort {
  readonly heard: ToWorker[] = [];
  terminated = false;
  #onMessage: (message: FromWorker) => void = () => {};
  #onExit: (reason: Error | undefined) => void = () => {};

  postMessage(message: ToWorker): void {
    this.heard.push(message);
  }
  onMessage(listener: (message: FromWorker) => void): void {
    this.#onMessage = listener;
  }
  onExit(listener: (reason: Error | undefined) => void): void {
    this.#onExit = listener;
  }
  terminate(): void {
    this.terminated = true;
  }
  say(message: FromWorker): void {
    this.#onMessage(message);
  }
  die(reason: Error): void {
    this.#onExit(reason);
  }
}

function played(): { client: EngineClient; workers: PlayedWorker[]; faults: string[] } {
  const workers: PlayedWorker[] = [];
  const faults: string[] = [];
  const start = (): WorkerPort => {
    const worker = new PlayedWorker();
    workers.push(worker);
    return worker;
  };
  return {
    client: new EngineClient(
      start,
      (message) => faults.push(message),
      async () => undefined,
    ),
    workers,
    faults,
  };
}

const input = { policyFile: '/p/signoff.yaml' };

describe('the engine’s client', () => {
  test('starts no thread before the first question', () => {
    assert.equal(played().workers.length, 0);
  });

  test('gives each question its own answer', async () => {
    const { client, workers } = played();
    const first = client.call('branches', input);
    const second = client.call('branches', input);
    workers[0]?.say({ kind: 'reply', id: 2, result: { ok: true, value: ['two'] } });
    workers[0]?.say({ kind: 'reply', id: 1, result: { ok: true, value: ['one'] } });
    assert.deepEqual(await first, { ok: true, value: ['one'] });
    assert.deepEqual(await second, { ok: true, value: ['two'] });
    assert.equal(workers.length, 1);
  });

  test('never hands out the answer to a question that was withdrawn', async () => {
    const { client, workers } = played();
    const abort = new AbortController();
    const answer = client.call('branches', input, { signal: abort.signal });
    abort.abort();
    assert.deepEqual(workers[0]?.heard.at(-1), { kind: 'cancel', id: 1 });
    workers[0]?.say({ kind: 'reply', id: 1, result: { ok: true, value: [] } });
    const result = await answer;
    assert.equal(result.ok ? '' : result.problem.code, 'cancelled');
  });

  test('ends a thread that does not hear, and starts another for the next question', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      const { client, workers } = played();
      const abort = new AbortController();
      const answer = client.call('branches', input, { signal: abort.signal });
      const neighbour = client.call('branches', input);
      abort.abort();
      mock.timers.tick(2_000);
      const [withdrawn, other] = await Promise.all([answer, neighbour]);
      assert.equal(withdrawn.ok ? '' : withdrawn.problem.code, 'cancelled');
      assert.equal(other.ok ? '' : other.problem.code, 'engine_restarted');
      assert.equal(workers[0]?.terminated, true);
      void client.call('branches', input);
      assert.equal(workers.length, 2);
    } finally {
      mock.timers.reset();
    }
  });

  test('lets a commit that was begun come to its end', () => {
    const { client, workers } = played();
    const abort = new AbortController();
    void client.call('completeSignOff', { ticket: 'x' }, { signal: abort.signal });
    abort.abort();
    assert.equal(workers[0]?.heard.filter(({ kind }) => kind === 'cancel').length, 0);
  });

  test('says that the thread died, and keeps the stack for the log', async () => {
    const { client, workers, faults } = played();
    const answer = client.call('branches', input);
    workers[0]?.die(new Error('out of memory'));
    const result = await answer;
    assert.equal(result.ok ? '' : result.problem.code, 'engine_restarted');
    assert.match(faults[0] ?? '', /out of memory/);
  });

  test('answers the engine’s question for a credential, also when the secret store fails', async () => {
    const worker = new PlayedWorker();
    const faults: string[] = [];
    const credentialFor = async (origin: string): Promise<{ kind: 'bearer'; token: string }> => {
      if (origin === 'https://locked.example') throw new Error('The keyring is locked.');
      return { kind: 'bearer', token: 's3cret' };
    };
    const client = new EngineClient(
      () => worker,
      (message) => faults.push(message),
      credentialFor,
    );
    void client.call('branches', input);
    worker.say({ kind: 'ask-credential', id: 1, origin: 'https://mlflow.example' });
    worker.say({ kind: 'ask-credential', id: 2, origin: 'https://locked.example' });
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(worker.heard.slice(1), [
      { kind: 'credential', id: 1, credential: { kind: 'bearer', token: 's3cret' } },
      { kind: 'credential', id: 2, credential: undefined },
    ]);
    assert.match(faults.join(), /keyring is locked/);
    assert.doesNotMatch(faults.join(), /s3cret/);
  });
});
