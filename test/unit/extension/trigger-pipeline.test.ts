import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fail, type Result, succeed } from '../../../src/base/result.ts';
import type { Services } from '../../../src/extension/commands/command.ts';
import { triggerPipeline } from '../../../src/extension/commands/trigger-pipeline.ts';
import type { EnvironmentApprovals } from '../../../src/extension/engine/approvals.ts';
import type { PipelinePreview } from '../../../src/extension/engine/ring-pipeline.ts';
import type { PipelineTarget } from '../../../src/policy/schema.ts';
import { ScriptedPrompts } from '../../host/scripted-prompts.ts';
import { checked, environment, policy, seat } from './samples.ts';

const STATUS: PipelineTarget = { github: { repository: 'acme/credit', status: 'sign-off' } };
const HOOK: PipelineTarget = { webhook: { url: 'https://hooks.acme.example' } };
const RING = { title: 'GitHub: set the status', method: 'POST', url: 'https://api.github.com/statuses', body: '{}' };
const SHOWN: PipelinePreview = { event: 'on_approved', rings: [RING] };
const HALF = { seats: [seat({ role: 'data-science', have: 1 }), seat()] };

interface Scene {
  readonly environments: readonly EnvironmentApprovals[];
  readonly target: PipelineTarget;
  readonly preview?: Result<PipelinePreview>;
  readonly prompts?: ScriptedPrompts;
}

function scene({ environments, target, preview = succeed(SHOWN), prompts = new ScriptedPrompts() }: Scene) {
  const calls: string[] = [];
  const pipeline = Object.fromEntries(environments.map(({ name }) => [name, { on_approved: target }]));
  const approvals = { environments, outcomes: [], whyNoSigning: undefined, watched: [] };
  const now = checked([], { policy: { ...policy(), pipeline }, approvals });
  const parts = {
    prompts,
    state: { snapshot: now, settled: async () => now },
    editor: { trust: () => 'trusted' },
    credentials: { maySend: () => false, settle: async () => 'agreed' },
    pipelines: { records: [], look: () => undefined },
    engine: {
      call: async (operation: string, input: { environment: string }) => {
        calls.push(`${operation} ${input.environment}`);
        if (operation === 'previewPipeline') return preview;
        return succeed([{ state: 'accepted', message: 'It was told.' }]);
      },
    },
  };
  return { run: (node?: string) => triggerPipeline.run(parts as unknown as Services, node && { id: node }), calls };
}

function named(name: string, candidate: Partial<EnvironmentApprovals['candidate']>): EnvironmentApprovals {
  return { ...environment(candidate), name };
}

describe('telling the pipeline', () => {
  test('asks for no environment where one is decided, and for no key where no tag is made', async () => {
    const environments = [named('staging', {}), named('production', { standing: 'approved' })];
    const { run, calls } = scene({ environments, target: HOOK });
    assert.ok((await run())?.ok);
    assert.deepEqual(calls, ['previewPipeline production', 'ringPipeline production']);
  });

  test('tells how far a sign-off is where somebody shows that', async () => {
    const environments = [named('staging', {}), named('production', HALF)];
    const { run, calls } = scene({ environments, target: STATUS });
    assert.ok((await run())?.ok);
    assert.deepEqual(calls, ['previewPipeline production', 'ringPipeline production']);
  });

  test('is of the environment of the node that it was called on, whatever else is decided', async () => {
    const environments = [named('staging', { standing: 'approved' }), named('production', {})];
    const { run, calls } = scene({ environments, target: HOOK });
    await run('environment/production/pipeline');
    assert.equal(calls[0], 'previewPipeline production');
  });

  test('offers the last environment first where several are decided', async () => {
    const environments = [named('staging', { standing: 'approved' }), named('production', { standing: 'rejected' })];
    const prompts = new ScriptedPrompts({ picks: ['staging'] });
    const { run, calls } = scene({ environments, target: HOOK, prompts });
    await run();
    const [asked] = prompts.asked;
    assert.ok(asked !== undefined && 'choices' in asked);
    assert.deepEqual(
      asked.choices.map(({ label }) => label),
      ['production', 'staging'],
    );
    assert.equal(calls[0], 'previewPipeline staging');
  });

  test('leaves it to the engine whether an open model has news, since its approval may have been revoked', async () => {
    const preview = fail<PipelinePreview>('not-approved', 'There is nothing to tell.');
    const { run, calls } = scene({ environments: [named('production', {})], target: HOOK, preview });
    assert.deepEqual(await run(), preview);
    assert.deepEqual(calls, ['previewPipeline production']);
  });
});
