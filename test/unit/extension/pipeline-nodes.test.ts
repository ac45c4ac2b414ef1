import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Services } from '../../../src/extension/commands/command.ts';
import { openPipelineRun } from '../../../src/extension/commands/open-pipeline-run.ts';
import { approvalsTree } from '../../../src/extension/views/approvals-model.ts';
import type { TreeNode } from '../../../src/extension/views/tree-node.ts';
import type { ToldByTag } from '../../../src/pipeline/newest-tag.ts';
import type { RingRecord } from '../../../src/pipeline/ring-book.ts';
import { environment, policy } from './samples.ts';

const MODEL = 'a'.repeat(64);
const RUN = { id: '7', url: 'https://github.com/acme/credit/actions/runs/7' };
const RECORD: RingRecord = {
  ...{ correlation: 'c'.repeat(32), system: 'github', environment: 'production', event: 'on_approved' },
  ...{ model: 'default-classifier', version: MODEL, title: 'GitHub: start deploy.yml', state: 'accepted' },
  ...{ attempt: 1, pid: 1, followed: true },
  ...{ message: 'It was started.', sentAt: '2026-11-28T08:00:00Z' },
};

function told(changes: Partial<RingRecord> = {}): RingRecord {
  return { ...RECORD, ...changes };
}

interface Shown {
  readonly rings: readonly RingRecord[];
  readonly standing?: 'approved' | 'open' | 'rejected';
  readonly pipeline?: object;
  readonly toldByTag?: ToldByTag;
}

/** The pipeline's node of production. */
function pipelineOf({ rings, standing = 'approved', pipeline, toldByTag }: Shown): TreeNode | undefined {
  const sample = { ...policy(), ...(pipeline === undefined ? {} : { pipeline }) } as ReturnType<typeof policy>;
  const [node] = approvalsTree({
    ...{ environments: [{ ...environment({ standing }), toldByTag }], now: Date.parse('2026-11-28T09:00:00Z') },
    pipeline: { policy: sample, rings },
  });
  return node?.children?.find(({ id }) => id === 'environment/production/pipeline');
}

describe('the pipeline of an environment', () => {
  test('is not shown where none answers, and none was told', () => {
    assert.equal(pipelineOf({ rings: [] }), undefined);
    assert.equal(pipelineOf({ rings: [told({ environment: 'staging' })] }), undefined);
    assert.equal(pipelineOf({ rings: [told({ model: 'another of this repository' })] }), undefined);
  });

  const states: readonly (readonly [Partial<RingRecord>, string, string, string])[] = [
    [{}, 'was told', 'rocket', 'plain'],
    [{ state: 'already' }, 'had been told already', 'rocket', 'plain'],
    [{ state: 'refused' }, 'refused', 'error', 'bad'],
    [{ state: 'unknown' }, 'did not answer: unknown', 'rocket', 'warning'],
    [{ state: 'sending' }, 'did not answer: unknown', 'rocket', 'warning'],
    [{ run: RUN }, 'runs', 'sync~spin', 'plain'],
    [{ run: RUN, status: 'waiting' }, 'waits', 'clock', 'plain'],
    [{ run: RUN, status: 'running' }, 'runs', 'sync~spin', 'plain'],
    [{ run: RUN, status: 'succeeded' }, 'succeeded', 'pass', 'good'],
    [{ run: RUN, status: 'failed' }, 'failed', 'error', 'bad'],
    [{ run: RUN, status: 'cancelled' }, 'was cancelled', 'circle-slash', 'warning'],
  ];
  for (const [what, words, icon, tone] of states) {
    test(`says “${words}” of ${JSON.stringify(what)}`, () => {
      const node = pipelineOf({ rings: [told(what)] });
      const [target] = node?.children ?? [];
      assert.equal(node?.description, words);
      assert.equal(target?.description, `${words} · start deploy.yml · 2026-11-28 08:00 UTC`);
      assert.deepEqual([node.icon, node.tone, target?.icon, target?.tone], [icon, tone, icon, tone]);
    });
  }

  test('has one line for each target, about the last time it was told', () => {
    const node = pipelineOf({
      rings: [
        told({ correlation: '1'.repeat(32), sentAt: '2026-11-28T08:30:00Z', run: RUN }),
        told({ system: 'mlflow', title: 'MLflow: move the alias champion', state: 'refused' }),
        told({ state: 'refused' }),
      ],
    });
    assert.deepEqual(
      node?.children?.map(({ label, description }) => `${label}: ${description}`),
      [
        'GitHub: runs · start deploy.yml · 2026-11-28 08:30 UTC',
        'MLflow: refused · move the alias champion · 2026-11-28 08:00 UTC',
      ],
    );
    assert.deepEqual([node?.description, node?.tone], ['refused', 'bad'], 'what went wrong is seen first');
  });

  test('keeps its ids when the next model is told, and says of which model it speaks', () => {
    const before = pipelineOf({ rings: [told({ correlation: '1'.repeat(32), version: 'e'.repeat(64), run: RUN })] });
    const after = pipelineOf({ rings: [told({ run: RUN })] });
    assert.equal(before?.children?.[0]?.id, after?.children?.[0]?.id);
    assert.match(before?.children?.[0]?.description ?? '', /model e{12}$/);
    assert.doesNotMatch(after?.children?.[0]?.description ?? '', /model/);
  });

  test('says that this model was not told yet where somebody would have to be', () => {
    const pipeline = { production: { on_approved: { webhook: { url: 'https://deploy.acme.example/hook' } } } };
    const words = 'not told of this model from here';
    assert.equal(pipelineOf({ rings: [], pipeline })?.description, words);
    assert.equal(pipelineOf({ rings: [told({ version: 'e'.repeat(64) })], pipeline })?.description, words);
    assert.equal(pipelineOf({ rings: [told()], pipeline })?.description, 'was told');
    assert.equal(pipelineOf({ rings: [], pipeline, standing: 'open' }), undefined);
    assert.equal(pipelineOf({ rings: [], pipeline, standing: 'rejected' }), undefined);
  });

  test('tells of the tag that told it, of this model or of another', () => {
    const pipeline = { production: { on_approved: { git_tag: {} } } };
    const tagOf = (shortModelId: string): ToldByTag => ({
      ...{ name: `signoff/default-classifier/production/${shortModelId}-12345678`, shortModelId },
      ...{ at: '2026-11-28T09:00:00+01:00', subject: 'default-classifier approved for production' },
    });
    const own = pipelineOf({ rings: [], pipeline, toldByTag: tagOf('a'.repeat(12)) });
    assert.deepEqual([own?.description, own?.icon], ['told by a tag', 'tag']);
    assert.equal(own?.children?.[0]?.description, 'told by a tag · 2026-11-28 08:00 UTC');
    const other = pipelineOf({ rings: [], pipeline, toldByTag: tagOf('e'.repeat(12)) });
    assert.equal(other?.description, 'not told of this model from here');
    assert.equal(other?.children?.[0]?.description, 'told by a tag · 2026-11-28 08:00 UTC · model eeeeeeeeeeee');
    assert.equal(pipelineOf({ rings: [], pipeline })?.children, undefined);
  });

  test('offers to open a run only where it has a page, and shows the address first', () => {
    const [withPage] = pipelineOf({ rings: [told({ run: RUN })] })?.children ?? [];
    assert.equal(withPage?.contextValue, 'pipeline.target.run');
    assert.match(withPage?.tooltip ?? '', /It was started\.\nTold of an approval\n[\s\S]*actions\/runs\/7/);
    const [without] = pipelineOf({ rings: [told({ run: { id: '7' } })] })?.children ?? [];
    assert.equal(without?.contextValue, 'pipeline.target');
  });

  test('shows what servers wrote as text', () => {
    const [target] = pipelineOf({ rings: [told({ title: 'a\u202eb\n', message: 'c\u0007d' })] })?.children ?? [];
    for (const each of ['\u202e', '\u0007']) assert.ok(!`${target?.label}${target?.tooltip}`.includes(each));
  });
});

describe('opening a pipeline’s run', () => {
  const other = told({ title: 'Jenkins: build credit', run: { id: '8', url: 'https://ci.acme.example/job/8' } });
  const withRun = told({ run: RUN, correlation: '1'.repeat(32) });

  async function opened(records: readonly RingRecord[], argument?: unknown, picks = 0) {
    const urls: string[] = [];
    let choices: readonly { readonly value: unknown; readonly label: string }[] = [];
    const services = {
      pipelines: { records, look: () => undefined },
      editor: { openExternal: async (url: string) => void urls.push(url) },
      prompts: {
        pickOne: async (request: { choices: typeof choices }) => {
          choices = request.choices;
          return { kind: 'given', value: choices[picks]?.value };
        },
      },
    } as unknown as Services;
    const result = await openPipelineRun.run(services, argument);
    return { urls, asked: choices.map(({ label }) => label), result };
  }

  test('opens the one that was named, by the status bar or a node', async () => {
    assert.deepEqual((await opened([other, withRun], withRun.correlation)).urls, [RUN.url]);
    const [node] = pipelineOf({ rings: [withRun] })?.children ?? [];
    assert.deepEqual((await opened([other, withRun], node)).urls, [RUN.url]);
  });

  test('asks which from the palette, but not where there is one', async () => {
    assert.deepEqual((await opened([withRun, told()])).urls, [RUN.url]);
    const { urls, asked } = await opened([other, withRun], undefined, 1);
    assert.deepEqual(asked, [other.title, withRun.title]);
    assert.deepEqual(urls, [RUN.url]);
  });

  test('says why it can’t where nothing was started', async () => {
    const { result, urls } = await opened([told()]);
    assert.equal(result?.ok === false && result.problem.code, 'no-pipeline-run');
    assert.deepEqual(urls, []);
  });
});
