import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type Asked, standIn } from '../unit/pipeline/support/stand-in.ts';
import { SYSTEMS } from '../unit/pipeline/support/systems.ts';
import { askEverything } from './ask-everything.ts';
import { goProgram, pathOf, unlessTools } from './gate-tools.ts';
import { pythonNamed, unlessPythonNamed } from './python.ts';

interface Call {
  readonly method: string;
  readonly path: string;
  /** Numbers as such. */
  readonly query: Readonly<Record<string, string | number>>;
  readonly body: unknown;
}

function callOf({ method, path, body }: Asked): Call {
  const { pathname, searchParams } = new URL(path, 'http://127.0.0.1');
  const query = [...searchParams].map(([key, value]) => [key, /^\d+$/.test(value) ? Number(value) : instant(value)]);
  return { method, path: pathname, query: Object.fromEntries(query), body: body === '' ? undefined : JSON.parse(body) };
}

/** Fractions of a second that are none may be written or not. */
function instant(value: string): string {
  return value.replace(/(\d\d:\d\d:\d\d)\.0+Z$/, '$1Z');
}

interface Client {
  /** How the cases of its system begin. */
  readonly name: string;
  readonly program: string;
  readonly words?: readonly string[];
  /** The path that its calls stand below. */
  readonly below?: string;
}

/** What is sent to the targets of a system, and what its own client sends when it is told to send the same. */
async function bothOf(
  context: TestContext,
  { name, program, words = [], below = '' }: Client,
): Promise<readonly [ours: readonly Call[], theirs: readonly Call[]]> {
  const ours: Call[] = [];
  for (const system of SYSTEMS.filter((each) => each.name.startsWith(name))) {
    const { url, asked } = await standIn(context, system.rule);
    await askEverything(system, url);
    ours.push(...asked.map(callOf));
  }
  const receiver = await standIn(context, () => ({ status: 200, json: {} }));
  const client = spawn(program, [...words, receiver.url + below], { stdio: ['pipe', 'ignore', 'pipe'] });
  let said = '';
  client.stderr.on('data', (piece) => {
    said += String(piece);
  });
  client.stdin.end(JSON.stringify(ours));
  const code = await new Promise((resolve) => client.once('exit', resolve));
  assert.equal(code, 0, said);
  return [ours, receiver.asked.map(callOf)];
}

const gitlabClient = goProgram('gitlab_client');

test('GitLab’s own client asks for what we ask for, in the same words', unlessTools(gitlabClient), async (context) => {
  const [ours, theirs] = await bothOf(context, { name: 'GitLab', program: pathOf(gitlabClient) });
  assert.ok(ours.length > 10);
  assert.deepEqual(theirs, ours);
});

test('Kubeflow’s own client asks for what we ask for, in the same words', unlessPythonNamed('kfp'), async (context) => {
  const script = join(import.meta.dirname, 'kubeflow_client.py');
  const program = pythonNamed('kfp') ?? '';
  const [ours, theirs] = await bothOf(context, { name: 'Kubeflow', program, words: [script], below: '/pipeline' });
  assert.ok(ours.length > 5);
  assert.deepEqual(theirs, ours);
});
