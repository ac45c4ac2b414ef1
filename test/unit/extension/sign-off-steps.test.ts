import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { KeyChoice } from '../../../src/extension/engine/signing-keys.ts';
import { runSteps } from '../../../src/extension/prompts/steps.ts';
import { type Answers, NO_ANSWERS } from '../../../src/extension/sign-off/answers.ts';
import { type Material, planSteps } from '../../../src/extension/sign-off/steps.ts';
import { type Script, ScriptedPrompts } from '../../host/scripted-prompts.ts';
import { environment, outcome, policy } from './samples.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const rules = policy(['auc', 'recall-by-sex', 'dpia']);
const outcomes = [
  outcome({ status: 'uncertain', title: 'AUC' }),
  outcome({ id: 'recall-by-sex', status: 'fail', title: 'Recall by sex' }),
  outcome({ id: 'dpia', check: 'attestation', status: 'pending', title: 'DPIA', value: null, bound: null }),
];

function key(person: string | undefined, ...roles: readonly string[]): KeyChoice {
  return {
    fingerprint: `SHA256:${person}`,
    publicKey: 'ssh-ed25519 AAAA',
    file: '/k',
    label: 'key.pub',
    person,
    roles,
    keptApart: [],
  };
}

async function answers(
  script: Script,
  changes: Partial<Material> = {},
): Promise<[Answers | undefined, ScriptedPrompts]> {
  const prompts = new ScriptedPrompts(script);
  const material: Material = {
    title: 'Sign Off',
    intention: 'approve',
    policy: rules,
    outcomes,
    environments: [environment()],
    keys: [key('ana@acme.example', 'data-science'), key('ben@acme.example', 'risk'), key(undefined)],
    preselect: () => false,
    prompts,
    now: NOW,
    complainAboutEvidence: (path) => (path === 'docs/dpia.md' ? undefined : `There is no file ${path}.`),
    ...changes,
  };
  return [await runSteps(NO_ANSWERS, planSteps(material)), prompts];
}

describe('the questions of a sign-off', () => {
  test('are only those that the role can answer', async () => {
    const [given, prompts] = await answers({ picks: ['ana', ['AUC']], texts: ['Enough rows next month.', ''] });
    const offered = prompts.asked.find(
      (request) => 'choices' in request && request.placeholder.startsWith('What do you'),
    );
    assert.deepEqual(offered && 'choices' in offered && offered.choices.map(({ label }) => label), ['AUC']);
    assert.deepEqual(given?.details.get('auc'), { reason: 'Enough rows next month.' });
    assert.equal(given?.role, 'data-science');
  });

  test('ask a waiver’s reason and day, and an attestation’s evidence', async () => {
    const [given] = await answers({
      picks: ['ben', ['Recall by sex', 'DPIA']],
      texts: ['A fix is under way.', '2026-12-01', 'docs/dpia.md', 'Signed with care.'],
    });
    assert.deepEqual(given?.details.get('recall-by-sex'), { reason: 'A fix is under way.', until: '2026-12-01' });
    assert.deepEqual(given?.details.get('dpia'), { evidence: 'docs/dpia.md' });
    assert.equal(given?.comment, 'Signed with care.');
  });

  test('take no empty reason and no missing evidence', async () => {
    await assert.rejects(answers({ picks: ['ben', ['Recall by sex']], texts: [' '] }), /A reason is needed/);
    await assert.rejects(answers({ picks: ['ben', ['DPIA']], texts: [''] }), /asks for a file/);
    await assert.rejects(answers({ picks: ['ben', ['DPIA']], texts: ['dpia.md'] }), /There is no file dpia\.md/);
    await assert.rejects(answers({ picks: ['ana'], texts: [''] }, { intention: 'reject' }), /needs a reason/);
  });

  test('include the role only for who has several', async () => {
    const keys = [key('ana@acme.example', 'data-science', 'risk')];
    const [given] = await answers({ picks: ['ana', 'risk', []], texts: [''] }, { keys });
    assert.equal(given?.role, 'risk');
  });

  test('include the environment only where there are several', async () => {
    const staging = { ...environment(), name: 'staging' };
    const picks = ['staging', 'ana', []];
    const [given] = await answers({ picks, texts: [''] }, { environments: [environment(), staging] });
    assert.equal(given?.environment, 'staging');
  });

  test('say beforehand what each key would be good for here', async () => {
    const author = key('dan@acme.example', 'risk');
    const apart = { environment: 'production', from: 'author', names: ['Dan'] } as const;
    const keys = [
      key('cat@acme.example', 'audit'),
      { ...author, keptApart: [apart] },
      key(undefined),
      key('ben@acme.example', 'risk'),
    ];
    const [, prompts] = await answers({ picks: ['ben', []], texts: [''] }, { keys });
    const [request] = prompts.asked;
    assert.ok(request && 'choices' in request);
    assert.deepEqual(
      request.choices.map(({ heading, description }) => [heading, description]),
      [
        ['Fills a seat here', 'risk'],
        ['No seat here', 'audit · this environment asks for no such role'],
        ['Kept apart', 'risk · wrote the commit that it was made from (Dan)'],
        ['Cannot sign here', 'not in .signoff/allowed_signers'],
      ],
    );
  });

  test('refuse a key that is kept apart, but not for a rejection', async () => {
    const apart = { environment: 'production', from: 'trained_by', names: ['ben'] } as const;
    const keys = [{ ...key('ben@acme.example', 'risk'), keptApart: [apart] }];
    await assert.rejects(answers({ picks: ['ben'] }, { keys }), /ben@acme\.example may not approve here: trained this/);
    const [given] = await answers({ picks: ['ben'], texts: ['No.'] }, { keys, intention: 'reject' });
    assert.equal(given?.role, 'risk');
  });
});
