import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LanguageClient, type LanguagePort } from '../../../../src/extension/language/language-client.ts';
import type { FromLanguage, ToLanguage } from '../../../../src/extension/language/language-protocol.ts';
import { NO_FACTS } from '../../../../src/policy/language/facts.ts';

/** A thread that a test plays. */
class PlayedThread implements LanguagePort {
  readonly heard: ToLanguage[] = [];
  say: (message: FromLanguage) => void = () => {};
  die: (reason: Error | undefined) => void = () => {};
  postMessage(message: ToLanguage): void {
    this.heard.push(message);
  }
  onMessage(listener: (message: FromLanguage) => void): void {
    this.say = listener;
  }
  onExit(listener: (reason: Error | undefined) => void): void {
    this.die = listener;
  }
  terminate(): void {}
}

function played(): { client: LanguageClient; threads: PlayedThread[]; faults: string[] } {
  const threads: PlayedThread[] = [];
  const faults: string[] = [];
  const start = (): LanguagePort => {
    const thread = new PlayedThread();
    threads.push(thread);
    return thread;
  };
  return { client: new LanguageClient(start, (message) => faults.push(message)), threads, faults };
}

const TEXT = { uri: 'file:///signoff.yaml', version: 1 };

describe('the client of the language thread', () => {
  test('starts no thread before the first text', () => {
    const { client, threads } = played();
    client.setFacts(TEXT.uri, NO_FACTS);
    assert.equal(threads.length, 0);
    client.setText(TEXT, 'version: 1');
    assert.deepEqual(
      threads[0]?.heard.map(({ kind }) => kind),
      ['text', 'facts'],
    );
  });

  test('gives each question its answer', async () => {
    const { client, threads } = played();
    client.setText(TEXT, 'version: 1');
    const [first, second] = [client.ask('diagnostics', TEXT, undefined), client.ask('folds', TEXT, undefined)];
    threads[0]?.say({ kind: 'answer', id: 2, value: ['folds'] });
    threads[0]?.say({ kind: 'answer', id: 1, value: ['diagnostics'] });
    assert.deepEqual([await first, await second], [['diagnostics'], ['folds']]);
  });

  test('answers with nothing what was superseded, dropped or asked about an older text', async () => {
    const { client, threads } = played();
    client.setText(TEXT, 'version: 1');
    const superseded = client.ask('diagnostics', TEXT, undefined);
    threads[0]?.say({ kind: 'superseded', id: 1 });
    assert.equal(await superseded, undefined);
    const abort = new AbortController();
    const dropped = client.ask('diagnostics', TEXT, undefined, abort.signal);
    abort.abort();
    assert.equal(threads[0]?.heard.at(-1)?.kind, 'drop');
    threads[0]?.say({ kind: 'superseded', id: 2 });
    assert.equal(await dropped, undefined);
    client.setText({ ...TEXT, version: 2 }, 'version: 1');
    assert.equal(await client.ask('diagnostics', TEXT, undefined), undefined);
  });

  test('sends a text once for each version', () => {
    const { client, threads } = played();
    client.setText(TEXT, 'a');
    client.setText(TEXT, 'a');
    client.setText({ ...TEXT, version: 2 }, 'b');
    assert.equal(threads[0]?.heard.length, 2);
  });

  test('starts again after a death, and tells the new thread everything', async () => {
    const { client, threads, faults } = played();
    client.setText(TEXT, 'version: 1');
    client.setFacts(TEXT.uri, NO_FACTS);
    const lost = client.ask('diagnostics', TEXT, undefined);
    threads[0]?.die(new Error('out of memory'));
    assert.equal(await lost, undefined);
    assert.match(faults[0] ?? '', /out of memory/);
    void client.ask('diagnostics', TEXT, undefined);
    assert.deepEqual(
      threads[1]?.heard.map(({ kind }) => kind),
      ['text', 'facts', 'ask'],
    );
  });

  test('gives up on a thread that dies again and again', async () => {
    const { client, threads } = played();
    client.setText(TEXT, 'version: 1');
    for (let death = 0; death < 4; death += 1) {
      threads.at(-1)?.die(undefined);
      void client.ask('folds', TEXT, undefined);
    }
    assert.equal(threads.length, 4);
    assert.equal(await client.ask('folds', TEXT, undefined), undefined);
  });
});
