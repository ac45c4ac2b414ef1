import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkRuns } from '../../../src/extension/commands/check-runs.ts';
import type { Services } from '../../../src/extension/commands/command.ts';
import type { RunLine } from '../../../src/extension/engine/run-line.ts';
import { EVERY_RUN } from '../../../src/extension/views/arrange-runs.ts';
import type { CheckedRun } from '../../../src/extension/views/run-verdicts.ts';
import { checked, outcome } from './samples.ts';

/** Services with so many finished runs, `run-0` the newest, of which some can't be checked. */
function services(count: number, problemOf: (run: string) => string | undefined) {
  const line = { experiment: 'e', status: 'finished', user: undefined, startTime: 0, endTime: 0 } as const;
  const runs = Array.from(
    { length: count },
    (_, index): RunLine => ({ ...line, id: `run-${index}`, name: `fox-${index}` }),
  );
  const { assessed } = checked([outcome()]);
  // Each test has a policy of its own: what could not be checked is remembered by it.
  const sha256 = crypto.randomUUID();
  const assessment = { ...assessed?.assessment, policy: { path: 'signoff.yaml', sha256 } };
  const snapshot = { ...checked([outcome()]), runs, assessed: { ...assessed, assessment } };
  const asked: string[] = [];
  const remembered: CheckedRun[] = [];
  const messages: string[] = [];
  const logged: string[] = [];
  const made = {
    state: { snapshot, settled: async () => snapshot },
    choices: { current: { runs: EVERY_RUN } },
    checkedRuns: { current: remembered, remember: (run: CheckedRun) => remembered.push(run) },
    editor: { trust: () => 'trusted' },
    log: { info: (message: string) => logged.push(message) },
    now: () => 0,
    prompts: {
      withProgress: (_: string, work: (...parts: unknown[]) => unknown) => work(() => {}, new AbortController().signal),
      notify: ({ message }: { message: string }) => messages.push(message),
    },
    engine: {
      async call(_: string, { run }: { run: string }) {
        asked.push(run);
        const code = problemOf(run);
        if (code === undefined) return { ok: true, value: { ...assessment, run: { ...assessment.run, id: run } } };
        return { ok: false, problem: { code, severity: 'error', message: `The run “${run}” can’t be read.` } };
      },
    },
  } as unknown as Services;
  return { made, asked, messages, logged, checkedIds: () => remembered.map(({ run }) => run) };
}

const numberOf = (run: string): number => Number(run.slice('run-'.length));

describe('Check the Newest Runs', () => {
  test('checks ten, and asked again the next, until every run has its verdict', async () => {
    const { made, checkedIds, messages } = services(12, () => undefined);
    assert.deepEqual(await checkRuns.run(made, undefined), { ok: true, value: 10 });
    assert.deepEqual(await checkRuns.run(made, undefined), { ok: true, value: 2 });
    assert.deepEqual(checkedIds().map(numberOf), [...Array(12).keys()]);
    assert.deepEqual(messages, []);
    assert.deepEqual(await checkRuns.run(made, undefined), { ok: true, value: 0 });
    assert.deepEqual(messages, ['Every finished run that is shown has its verdict.']);
  });

  test('comes past runs that can’t be checked to older ones, names the first and logs all', async () => {
    const { made, checkedIds, messages, logged } = services(40, (run) =>
      numberOf(run) < 20 ? 'run-broken' : undefined,
    );
    assert.deepEqual(await checkRuns.run(made, undefined), { ok: true, value: 10 });
    assert.deepEqual(
      checkedIds().map(numberOf),
      [...Array(10).keys()].map((index) => index + 20),
    );
    assert.deepEqual(messages, ['fox-0: The run “run-0” can’t be read. 19 more can’t be checked: see the log.']);
    assert.equal(logged.length, 20);
  });

  test('says alone what is wrong with one run', async () => {
    const { made, messages } = services(2, (run) => (run === 'run-0' ? 'run-broken' : undefined));
    await checkRuns.run(made, undefined);
    assert.deepEqual(messages, ['fox-0: The run “run-0” can’t be read.']);
  });

  test('comes to the end of a store in which hundreds can’t be checked, by and by', async () => {
    const { made, checkedIds, asked } = services(131, (run) => (numberOf(run) < 130 ? 'run-broken' : undefined));
    for (let times = 0; times < 3; times += 1) await checkRuns.run(made, undefined);
    assert.deepEqual(checkedIds(), ['run-130']);
    assert.equal(new Set(asked).size, 131);
  });

  test('tries again what could not be checked once nothing else is left', async () => {
    let isMended = false;
    const { made, checkedIds } = services(2, () => (isMended ? undefined : 'run-broken'));
    assert.deepEqual(await checkRuns.run(made, undefined), { ok: true, value: 0 });
    isMended = true;
    assert.deepEqual(await checkRuns.run(made, undefined), { ok: true, value: 2 });
    assert.deepEqual(checkedIds(), ['run-0', 'run-1']);
  });

  test('does not ask a server that is out of reach once for every run', async () => {
    const { made, asked, messages } = services(30, () => 'http-unreachable');
    assert.deepEqual(await checkRuns.run(made, undefined), { ok: true, value: 0 });
    assert.equal(asked.length, 1);
    assert.equal(messages.length, 1);
  });
});
