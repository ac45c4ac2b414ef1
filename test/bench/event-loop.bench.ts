import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { inRepository } from '../../scripts/lib/repository.mjs';
import { CANCELLED, EngineClient, startWorker } from '../../src/extension/engine-client.ts';
import { writeLargeProject } from './large-project.ts';
import type { Bench } from './row.ts';

const RESOLUTION_MS = 5;
const IDLE_MS = 5000;
/** A check that hears nothing has its thread ended after two seconds. */
const MOST_MS_TO_CANCEL = 2500;

/**
 * What the extension host feels of a check of ten million rows, with the engine in its thread as in the editor: how long
 * the host's own event loop stands still, beside what it does with nothing to do on the same machine; whether the check
 * tells how far it is; and how long it takes to stop in the middle.
 */
export const bench: Bench = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'signoff-bench-'));
  const engine = new EngineClient(
    () => startWorker(pathToFileURL(inRepository('dist', 'extension', 'engine-worker.js'))),
    (message) => console.error(message),
    async () => undefined,
  );
  try {
    const { policy } = await writeLargeProject(folder);
    const input = {
      ...({ policyFile: policy, run: undefined, trust: 'trusted', git: 'same', shown: undefined } as const),
      reading: { kind: 'anew' } as const,
    };
    const idle = await longestStandstill(() => wait(IDLE_MS));
    let steps = 0;
    const busy = await longestStandstill(async () => {
      const reply = await engine.call('assess', input, {
        reportProgress() {
          steps += 1;
        },
      });
      if (!reply.ok || reply.value.assessed === undefined) throw new Error(`not assessed: ${JSON.stringify(reply)}`);
    });
    const stopping = await cancelledAmid(engine, input);
    console.error(`the check said ${steps} times how far it was`);
    return [
      {
        name: 'the host’s event loop during a check of 10 million rows: longest standstill',
        ours: busy,
        unit: 'ms',
        peer: { name: 'idle', value: idle },
        budget: { atMost: 50 },
      },
      {
        name: 'a check of 10 million rows stopped amid its work',
        ours: stopping,
        unit: 'ms',
        budget: { atMost: MOST_MS_TO_CANCEL },
      },
    ];
  } finally {
    engine.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
};

async function longestStandstill(work: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  await work();
  delay.disable();
  return Math.max(delay.max / 1e6 - RESOLUTION_MS, 0);
}

/** Milliseconds from the wish to stop, once rows are being read, to the answer that it has stopped. */
async function cancelledAmid(
  engine: EngineClient,
  input: Parameters<typeof engine.call<'assess'>>[1],
): Promise<number> {
  const abort = new AbortController();
  let asked = Number.NaN;
  const reply = await engine.call('assess', input, {
    signal: abort.signal,
    reportProgress({ message }) {
      if (!message.startsWith('Reading') || abort.signal.aborted) return;
      asked = performance.now();
      abort.abort();
    },
  });
  if (reply.ok || reply.problem.code !== CANCELLED) throw new Error('the check was over before it could be stopped');
  return performance.now() - asked;
}
