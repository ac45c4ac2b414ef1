import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { verify as verifyAsGithub } from '@octokit/webhooks-methods';
import fc from 'fast-check';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { systemTools } from '../../scripts/lib/system-tools.mjs';
import type { News } from '../../src/pipeline/news.ts';
import { webhook } from '../../src/pipeline/systems/webhook.ts';
import { signatureHeaders } from '../../src/pipeline/systems/webhook-signature.ts';
import { standIn } from '../unit/pipeline/support/stand-in.ts';
import { APPROVAL, COMMIT, VERSION } from '../unit/pipeline/support/systems.ts';
import { freePort } from './free-port.ts';
import { debianTool, pathOf, unlessTools } from './gate-tools.ts';

const SECRETS = [
  'a secret of words, naïve 模型',
  `whsec_${Buffer.from('thirty-two bytes that are secret').toString('base64')}`,
];
const NEWS: News = {
  ...{ event: 'on_approved', approvals: [APPROVAL], commit: COMMIT, model: "naïve 'credit' 模型", version: VERSION },
  ...{ run: 'run1', environment: 'production' },
};
const CORRELATION = '5'.repeat(32);

function send(url: string, secret: string) {
  const credentialFor = async () => ({ kind: 'bearer', token: secret }) as const;
  return webhook({ url }, NEWS, CORRELATION).send({ credentialFor });
}

/** Its receivers in other languages take a plain secret as UTF-8; this one would take a string as Latin-1. */
function standardOf(secret: string): Webhook {
  return secret.startsWith('whsec_') ? new Webhook(secret) : new Webhook(Buffer.from(secret), { format: 'raw' });
}

for (const secret of SECRETS) {
  const kind = secret.startsWith('whsec_') ? 'base64' : 'plain';
  test(`the libraries of Standard Webhooks and of GitHub accept our call by a ${kind} secret, and no other`, async (context) => {
    const { url, asked } = await standIn(context, () => ({ status: 204 }));
    const sent = await send(url, secret);
    assert.equal(sent.state, 'accepted', sent.message);
    const [{ headers, body }] = asked as [(typeof asked)[number]];
    const given = headers as Record<string, string>;
    const read = standardOf(secret).verify(body, given) as {
      readonly type: string;
      readonly data: { readonly approval: string };
    };
    assert.deepEqual([read.type, read.data.approval], ['signoff.approved', APPROVAL]);
    assert.equal(given['webhook-id'], CORRELATION);
    const github = given['x-hub-signature-256'] ?? '';
    assert.ok(await verifyAsGithub(secret, body, github));

    const others = [`${body} `, body.replace('production', 'staging')];
    for (const other of others) {
      assert.throws(() => standardOf(secret).verify(other, given), WebhookVerificationError);
      assert.ok(!(await verifyAsGithub(secret, other, github)));
    }
    const stranger = kind === 'plain' ? `${secret}!` : `whsec_${Buffer.from('other').toString('base64')}`;
    assert.throws(() => standardOf(stranger).verify(body, given), WebhookVerificationError);
    assert.ok(!(await verifyAsGithub(stranger, body, github)));
    for (const changed of [
      { 'webhook-id': 'another' },
      { 'webhook-timestamp': String(Number(given['webhook-timestamp']) + 1) },
    ])
      assert.throws(() => standardOf(secret).verify(body, { ...given, ...changed }), WebhookVerificationError);
  });
}

test('a call that somebody kept is refused after five minutes, and one from the future too', () => {
  const now = Math.floor(Date.now() / 1000);
  const verifyAt = (timestamp: number) =>
    standardOf('secret').verify('{}', signatureHeaders({ id: 'x', timestamp, body: '{}' }, 'secret'));
  assert.deepEqual(verifyAt(now - 290), {});
  assert.throws(() => verifyAt(now - 310), /too old/);
  assert.throws(() => verifyAt(now + 310), /too new/);
});

test('whatever the text and the secret are, both libraries read the signature as we write it', async () => {
  const timestamp = Math.floor(Date.now() / 1000);
  const secret = fc.oneof(
    fc.string({ minLength: 1, unit: 'binary' }).filter((text) => !text.startsWith('whsec_')),
    fc.uint8Array({ minLength: 1 }).map((bytes) => `whsec_${Buffer.from(bytes).toString('base64')}`),
  );
  const body = fc.string({ minLength: 1, unit: 'binary' });
  await fc.assert(
    fc.asyncProperty(secret, body, fc.uuid(), async (key, text, id) => {
      const headers = signatureHeaders({ id, timestamp, body: text }, key);
      standardOf(key).verify(text, headers, { jsonParse: false });
      assert.ok(await verifyAsGithub(key, text, headers['x-hub-signature-256'] ?? ''));
    }),
  );
});

const receiver = debianTool(systemTools.webhook);

/** Debian's receiver, which runs a command for each call that is signed as GitHub signs, and gives it the approval. */
async function startReceiver(
  context: TestContext,
  secret: string,
): Promise<{ url: string; deployed: () => string | undefined }> {
  const folder = mkdtempSync(join(tmpdir(), 'signoff-webhook-'));
  const command = join(folder, 'deploy.sh');
  writeFileSync(command, '#!/bin/sh\nprintf "%s %s\\n" "$1" "$2" >> deployed\n');
  chmodSync(command, 0o755);
  const hook = {
    id: 'deploy',
    'execute-command': command,
    'command-working-directory': folder,
    'include-command-output-in-response': true,
    'pass-arguments-to-command': ['data.approval', 'data.model'].map((name) => ({ source: 'payload', name })),
    'trigger-rule': {
      match: { type: 'payload-hmac-sha256', secret, parameter: { source: 'header', name: 'X-Hub-Signature-256' } },
    },
  };
  const hooks = join(folder, 'hooks.json');
  writeFileSync(hooks, JSON.stringify([hook]));
  const port = await freePort();
  const words = ['-hooks', hooks, '-ip', '127.0.0.1', '-port', String(port)];
  const server: ChildProcess = spawn(pathOf(receiver), words, { stdio: 'ignore' });
  context.after(() => {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  });
  const url = `http://127.0.0.1:${port}/hooks/deploy`;
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (
      await fetch(url).then(
        () => true,
        () => false,
      )
    )
      break;
    await wait(50);
  }
  const deployed = join(folder, 'deployed');
  return { url, deployed: () => (existsSync(deployed) ? readFileSync(deployed, 'utf8') : undefined) };
}

test('Debian’s receiver runs its command for our call only', unlessTools(receiver), async (context) => {
  for (const secret of SECRETS) {
    const { url, deployed } = await startReceiver(context, secret);
    // It calls a wrong signature an error of its own (500), so nobody knows from the answer.
    const stranger = await send(url, 'another secret');
    assert.equal(stranger.state, 'unknown');
    assert.match(stranger.message, /failed \(500\)/);
    const nowhere = await send(url.replace('deploy', 'elsewhere'), secret);
    assert.equal(nowhere.state, 'refused', nowhere.message);
    assert.equal(deployed(), undefined);
    const sent = await send(url, secret);
    assert.equal(sent.state, 'accepted', sent.message);
    assert.equal(deployed(), `${APPROVAL} ${NEWS.model}\n`);
  }
});
