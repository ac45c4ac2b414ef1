import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Credential } from '../../../src/base/http-credential.ts';
import type { Services } from '../../../src/extension/commands/command.ts';
import { setServerCredential } from '../../../src/extension/commands/set-server-credential.ts';
import { ScriptedPrompts } from '../../host/scripted-prompts.ts';
import { policy, snapshot } from './samples.ts';

const SERVER = { ...policy(), run: { mlflow: 'https://ana:old@mlflow.example:8443/tracking' } };

function services(prompts: ScriptedPrompts, changes: { trust?: 'trusted' | 'untrusted'; run?: object } = {}) {
  const stored: [string, Credential][] = [];
  const now = snapshot({ policy: { ...SERVER, ...changes.run } });
  const parts = {
    prompts,
    state: { snapshot: now, settled: async () => now },
    editor: { trust: () => changes.trust ?? 'trusted' },
    credentials: { set: async (origin: string, credential: Credential) => void stored.push([origin, credential]) },
  };
  // What the command uses of the services; everything else would only be in the way.
  return { services: parts as unknown as Services, stored };
}

describe('setting the credential of a tracking server', () => {
  test('asks for a token and stores it under the server’s origin', async () => {
    const prompts = new ScriptedPrompts({ picks: ['A token'], texts: [' dapi-123 '] });
    const { services: parts, stored } = services(prompts);
    await setServerCredential.run(parts, undefined);
    assert.deepEqual(stored, [['https://mlflow.example:8443', { kind: 'bearer', token: 'dapi-123' }]]);
  });

  test('asks for a user and a password, and shows only the name', async () => {
    const prompts = new ScriptedPrompts({ picks: ['A user name'], texts: ['ana', ' pass word '] });
    const { services: parts, stored } = services(prompts);
    await setServerCredential.run(parts, undefined);
    assert.deepEqual(stored[0]?.[1], { kind: 'basic', user: 'ana', password: ' pass word ' });
    assert.deepEqual(
      prompts.asked.map((request) => ('shown' in request ? request.shown : 'as text')),
      ['as text', 'as text', 'as dots'],
    );
  });

  for (const [picks, texts] of [
    [['A token'], ['  ']],
    [['A token'], ['two\nlines']],
    [['A user name'], ['ana:colon']],
  ] as const) {
    test(`does not take ${JSON.stringify(texts[0])}`, async () => {
      const { services: parts, stored } = services(new ScriptedPrompts({ picks, texts }));
      await assert.rejects(setServerCredential.run(parts, undefined), /is no answer/);
      assert.deepEqual(stored, []);
    });
  }

  test('asks nothing in an untrusted folder, nor where the runs are files', async () => {
    const prompts = new ScriptedPrompts();
    const untrusted = await setServerCredential.run(services(prompts, { trust: 'untrusted' }).services, undefined);
    const files = await setServerCredential.run(
      services(prompts, { run: { run: { mlflow: 'mlruns' } } }).services,
      undefined,
    );
    const codes = [untrusted, files].map((result) => (result?.ok === false ? result.problem.code : ''));
    assert.deepEqual(codes, ['untrusted', 'no-server']);
  });
});
