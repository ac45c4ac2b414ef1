import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HttpSystem } from '../../../src/pipeline/doorbells.ts';
import { probeTarget } from '../../../src/pipeline/probes.ts';
import type { PipelineTarget, Policy } from '../../../src/policy/schema.ts';
import { type Given, standIn } from './support/stand-in.ts';

const POLICY = { model: 'credit', run: { folder: 'runs' } } as unknown as Policy;

interface ProbeCase {
  readonly target: (url: string) => PipelineTarget;
  /** The path that may be read. */
  readonly path: RegExp;
  readonly answers: readonly (readonly [given: Given, state: 'ok' | 'warn' | 'fail', words: RegExp])[];
}

const json = (content: unknown): Given => ({ status: 200, json: content });
const missing: readonly [Given, 'fail', RegExp] = [
  { status: 404, json: { message: 'Not Found' } },
  'fail',
  /knows no such thing/,
];
const repository = 'acme/credit';

const CASES: readonly ProbeCase[] = [
  {
    target: (url) => ({ github: { url, repository, workflow: 'deploy.yml' } }),
    path: /^\/repos\/acme\/credit\/actions\/workflows\/deploy\.yml$/,
    answers: [
      [json({ state: 'active' }), 'ok', /would be started at main/],
      [json({ state: 'disabled_manually' }), 'fail', /switched off/],
      missing,
    ],
  },
  {
    target: (url) => ({ github: { url, repository, environment: 'prod' } }),
    path: /\/environments\/prod$/,
    answers: [
      [json({ protection_rules: [{ type: 'required_reviewers' }] }), 'ok', /would be answered/],
      [json({ protection_rules: [] }), 'warn', /no reviewer/],
    ],
  },
  {
    target: (url) => ({ github: { url, repository, event_type: 'approved' } }),
    path: /^\/repos\/acme\/credit$/,
    answers: [
      [json({ permissions: { push: true } }), 'ok', /would be told/],
      [json({ permissions: { push: false } }), 'fail', /may not write/],
    ],
  },
  {
    target: (url) => ({ gitlab: { url, project: 'acme/credit' } }),
    path: /^\/api\/v4\/projects\/acme\/credit$/,
    answers: [
      [json({ permissions: { group_access: { access_level: 30 } } }), 'ok', /would be started/],
      [json({ permissions: { project_access: { access_level: 20 } } }), 'fail', /may not start/],
      [{ status: 401, json: { message: '401 Unauthorized' } }, 'fail', /refused the credential/],
    ],
  },
  {
    target: (url) => ({ jenkins: { job: `${url}/job/deploy/` } }),
    path: /^\/job\/deploy\/api\/json\?tree=buildable/,
    answers: [
      [json({ property: [{}, { parameterDefinitions: [{ name: 'SIGNOFF_CORRELATION' }] }] }), 'ok', /would be started/],
      [json({ property: [{ parameterDefinitions: [{ name: 'X' }] }] }), 'warn', /SIGNOFF_CORRELATION/],
      [json({ property: [] }), 'fail', /no parameters/],
      [json({ buildable: false }), 'fail', /switched off/],
      [{ status: 200, text: '<html>Sign in</html>' }, 'fail', /no JSON/],
    ],
  },
  {
    target: (url) => ({ mlflow: { url } }),
    path: /registered-models\/search\?filter=name='credit'$/,
    answers: [
      [json({ registered_models: [{ name: 'credit' }] }), 'ok', /alias moved/],
      [json({}), 'ok', /not registered yet/],
    ],
  },
  {
    target: (url) => ({ kubeflow: { url, pipeline: 'p1' } }),
    path: /v2beta1\/pipelines\/p1$/,
    answers: [[json({ display_name: 'Deploy' }), 'ok', /Deploy would be run/], missing],
  },
  {
    target: (url) => ({ argo: { url, namespace: 'ml', template: 'deploy' } }),
    path: /workflow-templates\/ml\/deploy$/,
    answers: [[json({}), 'ok', /would be submitted/], missing],
  },
];

for (const { target, path, answers } of CASES) {
  const [system = ''] = Object.keys(target('https://acme.example'));
  test(`${system} at ${path.source}: is read, and nothing else, and said in one sentence`, async (context) => {
    let given: Given = { status: 500 };
    const server = await standIn(context, () => given);
    const reach = { credentialFor: async () => ({ kind: 'bearer', token: 'S3CRET' }) as const };
    for (const [answer, state, words] of answers) {
      given = answer;
      const probed = await probeTarget(system as HttpSystem, target(server.url), POLICY, reach);
      assert.deepEqual([probed.state, words.test(probed.message)], [state, true], probed.message);
      assert.match(probed.message, /[.]$/);
    }
    assert.deepEqual([...new Set(server.asked.map(({ method }) => method))], ['GET']);
    for (const asked of server.asked) assert.match(asked.path, path);
  });
}

test('without a credential a look that succeeds is a warning', async (context) => {
  const server = await standIn(context, () => json({ state: 'active' }));
  const target = { github: { url: server.url, repository, workflow: 'deploy.yml' } };
  const probed = await probeTarget('github', target, POLICY, { credentialFor: async () => undefined });
  assert.equal(probed.state, 'warn');
  assert.match(probed.message, /no credential/);
});

test('a webhook is not called: whether there is a secret is all that can be told', async (context) => {
  const server = await standIn(context, () => json({}));
  const target = { webhook: { url: `${server.url}/hook` } };
  const secret = { kind: 'bearer', token: 'S3CRET' } as const;
  assert.equal((await probeTarget('webhook', target, POLICY, { credentialFor: async () => secret })).state, 'ok');
  assert.equal((await probeTarget('webhook', target, POLICY, { credentialFor: async () => undefined })).state, 'fail');
  assert.deepEqual(server.asked, []);
});
