// Whatever a person calls from the palette, also where a keybinding or another extension gets round its `when`: it does
// its work, or one sentence says why it can't. Nobody is asked anything whose answer would lead nowhere.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { ALL_COMMANDS } from '../../../src/extension/commands/all-commands.ts';
import type { Services } from '../../../src/extension/commands/command.ts';
import { COMMANDS } from '../../../src/extension/ids.ts';
import { NOTHING_YET, type Snapshot } from '../../../src/extension/state/snapshot.ts';
import { snapshot } from './samples.ts';

const FOLDER = join(import.meta.dirname, '../../../src/extension/commands');

test('every command has a file of its own, named after what it does', () => {
  const files = readdirSync(FOLDER).map((name) => ({ name, source: readFileSync(join(FOLDER, name), 'utf8') }));
  for (const key of Object.keys(COMMANDS)) {
    const owners = files.filter(({ source }) => source.includes(`id: COMMANDS.${key},`)).map(({ name }) => name);
    assert.equal(owners.length, 1, `${key} is in ${owners.join(', ') || 'no file'}`);
  }
  const owning = files.filter(({ source }) => /^export const \w+: Command = /mu.test(source));
  assert.equal(owning.length, Object.keys(COMMANDS).length);
  for (const { name, source } of owning) {
    assert.equal(source.match(/^export const \w+: Command = /gmu)?.length, 1, `${name} holds several`);
  }
});

interface Situation {
  readonly name: string;
  readonly snapshot: Snapshot;
  /** What works nevertheless, without a word. */
  readonly works: readonly string[];
}

const BROKEN = { code: 'unknown-key', severity: 'error', message: '"mim" is not a key.' } as const;
const situations: readonly Situation[] = [
  { name: 'no folder is open', snapshot: { ...NOTHING_YET, policySearch: 'missing' }, works: ['refresh', 'stop'] },
  {
    name: 'nobody trusts the folder, and no model was trained',
    snapshot: snapshot({ trust: 'untrusted' }),
    works: ['refresh', 'stop', 'filterRuns', 'sortRuns', 'selectPolicy', 'createPolicy'],
  },
  {
    name: 'the policy has a mistake',
    snapshot: snapshot({ policy: undefined, policyProblems: [BROKEN] }),
    works: ['refresh', 'stop', 'selectPolicy', 'createPolicy'],
  },
  {
    name: 'no model was trained',
    snapshot: snapshot(),
    works: [...['refresh', 'stop', 'filterRuns', 'sortRuns', 'selectPolicy', 'createPolicy', 'addPipelineGate']],
  },
];

const STOPPED = { kind: 'cancelled' } as const;

async function call(run: (services: Services) => Promise<unknown>, { snapshot }: Situation) {
  const said: string[] = [];
  const done: string[] = [];
  const doing = (what: string) => async () => {
    done.push(what);
    return STOPPED;
  };
  const policies = snapshot.policyFile === undefined ? [] : [snapshot.policyFile];
  const services = {
    state: {
      ...{ snapshot, settled: async () => snapshot, policies: async () => policies },
      ...{ refresh: doing('refresh'), stop: doing('stop'), schedule: doing('schedule') },
    },
    engine: {
      call: async (operation: string) => {
        done.push(operation);
        return { ok: false, problem: { code: 'x', severity: 'error', message: 'The engine was asked.' } };
      },
    },
    prompts: {
      ...{ pickOne: doing('ask'), pickMany: doing('ask'), ask: doing('ask'), saveAs: doing('ask') },
      notify: async ({ message }: { message: string }) => void said.push(message),
      withProgress: (_: string, work: (...values: unknown[]) => unknown) =>
        work(() => undefined, new AbortController().signal),
    },
    editor: {
      ...{ folders: () => (policies.length === 0 ? [] : ['/home/ana/credit']), activeFile: () => undefined },
      ...{ setting: () => undefined, trust: () => snapshot.trust, openFile: doing('open') },
    },
    ...{ choices: { current: { statuses: undefined, runs: { words: '', order: 'newest' } } }, checklist: {} },
    ...{ pipelines: { records: [], look: () => undefined }, credentials: { origins: () => [] }, panels: {} },
    ...{ log: { error: () => undefined, info: () => undefined }, now: () => 0 },
  } as unknown as Services;
  const result = (await run(services)) as { ok: boolean; problem?: { message: string } } | undefined;
  if (result?.ok === false) said.push(result.problem?.message ?? '');
  return { said, done, succeeded: result?.ok === true };
}

for (const situation of situations) {
  describe(`where ${situation.name}`, () => {
    for (const { id, run } of ALL_COMMANDS) {
      const name = id.replace('modelSignoff.', '');
      if (situation.works.includes(name)) {
        test(`${name} does its work`, async () => {
          const { done, succeeded } = await call((services) => run(services, undefined), situation);
          assert.ok(succeeded || done.length > 0);
        });
        continue;
      }
      test(`${name} says why it can’t, and asks nothing before`, async () => {
        const { said, done } = await call((services) => run(services, undefined), situation);
        // Looking anew is what “check” is for.
        assert.deepEqual(
          done.filter((what) => what !== 'refresh'),
          [],
        );
        assert.equal(said.length, 1);
        assert.match(said[0] ?? '', /^[\p{Lu}“"].{15,}[.:]$/su);
      });
    }
  });
}
