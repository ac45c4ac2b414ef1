import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fail, type Result, succeed } from '../../../src/base/result.ts';
import type { Services } from '../../../src/extension/commands/command.ts';
import type { CompletedReply } from '../../../src/extension/engine/tickets.ts';
import { signTicket } from '../../../src/extension/sign-off/sign-ticket.ts';
import { ScriptedPrompts } from '../../host/scripted-prompts.ts';

const done: CompletedReply = { commit: 'c', approval: 'a.json', quorum: 'incomplete' };

/** An engine whose key has this passphrase, and what it was asked. */
function engineWith(secret: string | undefined, otherwise: Result<CompletedReply> = succeed(done)) {
  const calls: [name: string, input: unknown][] = [];
  const call = async (name: string, input: { readonly passphrase?: string }) => {
    calls.push([name, input]);
    if (name !== 'completeSignOff' || secret === undefined || input.passphrase === secret) return otherwise;
    return input.passphrase === undefined
      ? fail('passphrase-needed', 'The key needs its passphrase.')
      : fail('passphrase-wrong', 'The passphrase was wrong.');
  };
  return { engine: { call } as unknown as Services['engine'], calls };
}

describe('signing in the editor', () => {
  const ticket = { ticket: 't', securityKey: 'none' } as const;

  test('asks nothing where the key needs nothing', async () => {
    const prompts = new ScriptedPrompts();
    assert.deepEqual(await signTicket({ ...engineWith(undefined), prompts }, ticket), succeed(done));
    assert.deepEqual(prompts.asked, []);
  });

  test('asks for the passphrase as dots until it is right', async () => {
    const prompts = new ScriptedPrompts({ texts: ['wrong', 'secret'] });
    assert.deepEqual(await signTicket({ ...engineWith('secret'), prompts }, ticket), succeed(done));
    assert.deepEqual(
      prompts.asked.map((request) => 'prompt' in request && [request.prompt, request.shown]),
      [
        ['The key needs its passphrase.', 'as dots'],
        ['The passphrase was wrong.', 'as dots'],
      ],
    );
  });

  test('signs nothing, and lets the ticket go, where the person gives none', async () => {
    const prompts = new ScriptedPrompts();
    prompts.ask = async () => ({ kind: 'cancelled' });
    const { engine, calls } = engineWith('secret');
    assert.equal(await signTicket({ engine, prompts }, ticket), undefined);
    assert.deepEqual(calls.at(-1), ['dropSignOff', { ticket: 't' }]);
  });

  test('hands on any other problem as it is', async () => {
    const refused = fail<CompletedReply>('agent-refused', 'The agent refused.');
    const prompts = new ScriptedPrompts();
    assert.deepEqual(await signTicket({ ...engineWith(undefined, refused), prompts }, ticket), refused);
  });
});
