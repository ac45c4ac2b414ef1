import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { httpRings } from '../../src/pipeline/doorbells.ts';
import { type Asked, type Rule, standIn } from '../unit/pipeline/support/stand-in.ts';
import { SYSTEMS } from '../unit/pipeline/support/systems.ts';
import { ARGO } from './argo-release.ts';
import { askEverything, NEWS, POLICY, reach } from './ask-everything.ts';
import { freePort } from './free-port.ts';
import { goFile, npmFile, npmTool, pathOf, type Tool, unlessTools } from './gate-tools.ts';
import { type Description, readDescription, replaced, sliced, undescribedQuery } from './openapi.ts';

const prism = npmTool('@stoplight/prism-cli', '5.16.0', 'prism');
const scratch = mkdtempSync(join(tmpdir(), 'signoff-interfaces-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

interface Published {
  readonly name: string;
  readonly description: Tool;
  readonly read?: (file: string) => Description;
  readonly paths: RegExp;
  readonly answers: 'read' | 'skipped';
  /** Calls that it must refuse, or its silence about ours would mean nothing. */
  readonly wrong: readonly (readonly [method: string, path: string, body: unknown])[];
}

const GITHUB = {
  name: 'GitHub',
  description: npmFile('@octokit/openapi', '23.0.2', 'generated/api.github.com.json'),
  // Its words on `created` speak of ranges, such as `>=2026-01-02T03:04:05Z`; its schema forgets them.
  read: (file: string) => replaced(readDescription(file), '#/components/parameters/created/schema', { type: 'string' }),
  paths:
    /^\/repos\/\{owner\}\/\{repo\}(?:$|\/(?:dispatches|statuses\/\{sha\}|environments\/\{environment_name\}|actions\/(?:runs(?:\/\{run_id\}(?:\/pending_deployments)?)?|workflows\/\{workflow_id\}(?:\/dispatches)?))$)/,
  answers: 'read',
  wrong: [
    ['POST', '/repos/acme/credit/actions/workflows/deploy.yml/dispatches', { inputs: {} }],
    ['POST', '/repos/acme/credit/actions/workflows/deploy.yml/dispatches', { ref: 'main', return_run_detail: true }],
    [
      'POST',
      '/repos/acme/credit/actions/runs/8/pending_deployments',
      { environment_ids: ['prod'], state: 'approved', comment: '' },
    ],
    ['GET', '/repos/acme/credit/actions/runs?status=wait', undefined],
  ],
} satisfies Published;
const ARGO_SERVER: Published = {
  name: 'Argo',
  description: goFile(ARGO.module, ARGO.version, 'api/openapi-spec/swagger.json'),
  paths:
    /^\/api\/v1\/(?:workflows\/\{namespace\}\/(?:submit|\{name\}(?:\/(?:resume|stop))?)|workflow-templates\/\{namespace\}\/\{name\})$/,
  // A workflow is all of Kubernetes.
  answers: 'skipped',
  wrong: [
    ['POST', '/api/v1/workflows/ml/submit', { submitOptions: { parameters: 'a=b' } }],
    ['PUT', '/api/v1/workflows/ml/train-1/resume', { nodeSelector: 'displayName=approval' }],
  ],
};

/** Prism in front of a server: what the description does not allow, it refuses itself, either way. */
async function prismBefore(context: TestContext, description: string, server: string): Promise<string> {
  const port = await freePort();
  const words = ['proxy', '--errors', '--host', '127.0.0.1', '--port', String(port), description, server];
  const started = spawn(process.execPath, [pathOf(prism), ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  context.after(() => started.kill());
  let said = '';
  for (const stream of [started.stdout, started.stderr])
    stream.on('data', (piece) => {
      said += String(piece);
    });
  for (let attempt = 0; attempt < 600 && !said.includes('Prism is listening'); attempt += 1) {
    assert.equal(started.exitCode, null, said);
    await wait(100);
  }
  return `http://127.0.0.1:${port}`;
}

/** The correlation id is made of the target, and so of its address. */
function comparable({ method, path, body }: Asked) {
  return JSON.stringify([method, path, body]).replaceAll(/\b[0-9a-f]{32}\b/g, '$C');
}

for (const { name, description, read = readDescription, paths, answers, wrong } of [
  GITHUB,
  ARGO_SERVER,
] as readonly Published[]) {
  test(
    `${name}’s own description allows every call, and what the stand-ins answer`,
    unlessTools(prism, description),
    async (context) => {
      const slice = sliced(read(pathOf(description)), paths, answers);
      const file = join(scratch, `${name}.json`);
      writeFileSync(file, JSON.stringify(slice));
      let rule: Rule = () => undefined;
      const behind = await standIn(context, (asked) => rule(asked));
      const url = await prismBefore(context, file, behind.url);
      for (const system of SYSTEMS.filter((each) => each.name.startsWith(name))) {
        const direct = await standIn(context, system.rule);
        await askEverything(system, direct.url);
        rule = system.rule;
        await askEverything(system, url);
        assert.ok(direct.asked.length > 0);
        assert.deepEqual(behind.asked.splice(0).map(comparable), direct.asked.map(comparable), system.name);
        for (const { method, path } of direct.asked) assert.deepEqual(undescribedQuery(slice, method, path), [], path);
      }
      for (const [method, path, body] of wrong) {
        const headers = { authorization: 'Bearer token', 'content-type': 'application/json' };
        const { status } = await fetch(url + path, {
          method,
          headers,
          body: body === undefined ? null : JSON.stringify(body),
        });
        assert.equal(status, 422, path);
      }
      assert.deepEqual(behind.asked, []);
    },
  );
}

const OLDER_GITHUB = npmFile('@octokit/openapi', '23.0.2', 'generated/ghes-3.19.json');

test(
  'a GitHub Enterprise Server that describes no run details starts the workflow once, and its run is found by name',
  unlessTools(prism, OLDER_GITHUB),
  async (context) => {
    const file = join(scratch, 'GitHub Enterprise Server.json');
    writeFileSync(file, JSON.stringify(sliced(GITHUB.read(pathOf(OLDER_GITHUB)), GITHUB.paths, 'read')));
    const server = await standIn(context, ({ method, body }) => {
      if (method === 'POST') return { status: 204 };
      const id = /"correlation":"([0-9a-f]+)"/.exec(server.asked.find((each) => each.body !== '')?.body ?? body)?.[1];
      const run = {
        id: 7,
        display_title: `sign-off ${id}`,
        html_url: 'https://github.acme.example/acme/credit/actions/runs/7',
      };
      return { status: 200, json: { workflow_runs: [run] } };
    });
    const url = await prismBefore(context, file, server.url);
    const target = { github: { url, repository: 'acme/credit', workflow: 'deploy.yml' } };
    const [wanted] = httpRings(target, NEWS, POLICY);
    const sent = await wanted?.doorbell.send(reach);
    assert.equal(sent?.state, 'accepted', sent?.message);
    assert.equal(sent?.run?.id, '7');
    const [started, ...others] = server.asked.filter(({ method }) => method === 'POST');
    assert.deepEqual(Object.keys(JSON.parse(started?.body ?? '')), ['ref', 'inputs']);
    assert.deepEqual(others, []);
  },
);
