import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fail, type Result, succeed } from '../../../src/base/result.ts';
import type { Services } from '../../../src/extension/commands/command.ts';
import type { PipelinePreview, RingInput } from '../../../src/extension/engine/ring-pipeline.ts';
import { offerToTell, type UndoneNews } from '../../../src/extension/sign-off/offer-to-tell.ts';
import { ringShown } from '../../../src/extension/sign-off/ring-shown.ts';
import type { RingPreview } from '../../../src/pipeline/doorbell.ts';
import type { RingResult } from '../../../src/pipeline/ring-result.ts';
import { ScriptedPrompts } from '../../host/scripted-prompts.ts';
import { policy } from './samples.ts';

const INPUT: RingInput = { policyFile: '/w/signoff.yaml', environment: 'production', run: 'r1' };
const SUBJECT = { model: 'credit', run: { id: 'r1', name: 'boosted' }, fingerprint: undefined };
const DISPATCH: RingPreview = {
  ...{ title: 'GitHub: start deploy.yml of acme/credit', method: 'POST' },
  ...{ url: 'https://ghe.acme.example/api/v3/repos/acme/credit/actions', body: '{}' },
};
const WAITING: RingPreview = {
  ...{ title: 'Jenkins: go on with the waiting build of deploy', method: 'POST', body: 'SIGNOFF_COMMIT=c' },
  url: 'https://ci.acme.example:8443/job/deploy/<the waiting build>/input/ModelSignOff/proceed',
};
const TAG: RingPreview = { title: 'Git: tag cccccccccccc', method: 'TAG', url: 'refs/tags/x', body: 'approved' };

interface Scene {
  readonly results?: Result<readonly RingResult[]>;
  readonly preview?: Result<PipelinePreview>;
  readonly prompts?: ScriptedPrompts;
  readonly settle?: (origin: string) => 'agreed' | 'declined';
  readonly maySend?: readonly string[];
}

function scene({
  results = succeed([]),
  preview,
  settle = () => 'agreed',
  maySend = [],
  prompts = new ScriptedPrompts(),
}: Scene = {}) {
  const happened: string[] = [];
  const sent: unknown[] = [];
  const lookedAt: unknown[] = [];
  const parts = {
    prompts,
    engine: {
      call: async (name: string, input: object) => {
        happened.push(name);
        if ('shown' in input) sent.push(input.shown);
        if ('lookAt' in input) lookedAt.push(input.lookAt);
        if (name === 'previewPipeline') return preview;
        return name === 'ringPipeline' ? results : succeed({ remote: 'origin', branch: 'main', how: 'as is' });
      },
    },
    credentials: {
      settle: async (origin: string) => {
        happened.push(`settle ${origin}`);
        return settle(origin);
      },
      maySend: (origin: string) => maySend.includes(origin),
    },
    pipelines: { records: [], look: () => void happened.push('look') },
    editor: {
      openExternal: async (url: string) => void happened.push(`open ${url}`),
      openReadOnly: async (_: string, text: string) => {
        happened.push(`read ${text}`);
        return { close: async () => void happened.push('close') };
      },
    },
  };
  return { services: parts as unknown as Services, prompts, happened, sent, lookedAt };
}

describe('telling a pipeline what was shown', () => {
  test('nobody is called before the person has seen every call and agreed', async () => {
    const { services, prompts, happened } = scene({ prompts: new ScriptedPrompts({ confirm: 'declined' }) });
    assert.equal(await ringShown(services, INPUT, [DISPATCH, TAG], SUBJECT), undefined);
    assert.deepEqual(happened, []);
    const [asked] = prompts.confirmed;
    assert.equal(asked?.question, 'Tell the pipeline for production?');
    for (const { title, method, url } of [DISPATCH, TAG]) {
      assert.ok(asked?.detail.includes(title));
      assert.ok(asked?.detail.includes(`${method} ${url}`));
    }
  });

  test('a credential is asked about for each server once, before anything is sent', async () => {
    const { services, happened, sent } = scene();
    assert.ok((await ringShown(services, INPUT, [DISPATCH, WAITING, TAG, DISPATCH], SUBJECT))?.ok);
    assert.deepEqual(sent, [[DISPATCH, WAITING, TAG, DISPATCH]], 'nothing but what was shown may be sent');
    assert.deepEqual(happened, [
      'settle https://ghe.acme.example',
      'settle https://ci.acme.example:8443',
      'ringPipeline',
      'look',
    ]);
  });

  test('whoever sends no credential to one of several servers tells nobody', async () => {
    const settle = (origin: string) => (origin.includes('ci.') ? ('declined' as const) : ('agreed' as const));
    const { services, happened, prompts } = scene({ settle });
    assert.equal(await ringShown(services, INPUT, [DISPATCH, WAITING], SUBJECT), undefined);
    assert.ok(!happened.includes('ringPipeline'));
    assert.deepEqual(prompts.notices, []);
  });

  test('what a reader should know besides stands under the title', async () => {
    const { services, prompts } = scene();
    await ringShown(services, INPUT, [{ ...WAITING, note: 'No build waits.' }], SUBJECT);
    const detail = prompts.confirmed[0]?.detail ?? [];
    assert.equal(detail.indexOf('No build waits.'), detail.indexOf(WAITING.title) + 1);
  });

  test('several systems share the room of one modal, and many are only named', async () => {
    const body = Array.from({ length: 9 }, (_, line) => `line ${line}`).join('\n');
    for (const [count, most, bodies] of [
      [1, 13, 9],
      [2, 20, 3],
      [3, 14, 0],
      [4, 7, 0],
      [20, 23, 0],
    ] as const) {
      const { services, prompts } = scene();
      const ring = { ...DISPATCH, body, note: 'Nothing waits.' };
      await ringShown(
        services,
        INPUT,
        Array.from({ length: count }, () => ring),
        SUBJECT,
      );
      const { detail = [], details } = prompts.confirmed[0] ?? {};
      assert.ok(detail.length <= most + 2, `${count}: ${detail.length} lines`);
      assert.equal(detail.filter((line) => line === DISPATCH.title).length, count);
      assert.equal(detail.filter((line) => line.startsWith('line ')).length, count * bodies);
      assert.equal(details, count === 1 ? undefined : 'Show Everything');
    }
  });

  test('whoever wants to reads every line that is sent, comes back, and may still tell nobody', async () => {
    const body = `first\n${'\n'.repeat(40)}last\u202e`;
    for (const [pick, told] of [
      ['Go on to telling', true],
      ['Tell nobody', false],
    ] as const) {
      const prompts = new ScriptedPrompts({ picks: [pick] });
      const answers = ['wants-details', 'agreed'] as const;
      let asked = 0;
      const confirm = async () => answers[asked++] ?? 'declined';
      const { services, happened } = scene({ prompts: Object.assign(prompts, { confirm }) });
      await ringShown(services, INPUT, [{ ...DISPATCH, body }, TAG], SUBJECT);
      const text = happened.find((each) => each.startsWith('read '));
      assert.match(text ?? '', /^read GitHub: start .+\nPOST https:.+\n\nfirst\n\n+last\\u\{202e\}\n\n\nGit: tag /);
      const after = happened.slice(happened.indexOf('close') + 1);
      assert.deepEqual(after, told ? ['settle https://ghe.acme.example', 'ringPipeline', 'look'] : []);
    }
  });

  test('a long body is cut with a word about it, and escapes nothing onto the screen', async () => {
    const body = Array.from({ length: 15 }, (_, line) => `line ${line}\u202e`).join('\n');
    const { services, prompts } = scene();
    await ringShown(services, INPUT, [{ ...DISPATCH, body }], SUBJECT);
    const detail = prompts.confirmed[0]?.detail ?? [];
    assert.equal(detail.filter((line) => line.startsWith('line ')).length, 12);
    assert.equal(detail.at(-1), '… and 3 more lines');
    assert.equal(prompts.confirmed[0]?.details, 'Show Everything');
    assert.ok(!detail.join('').includes('\u202e'));
  });

  const ACCEPTED: RingResult = { state: 'accepted', message: 'It was started.', runUrl: 'https://ghe.example/1' };
  const REFUSED: RingResult = { state: 'refused', message: 'It refused the credential (401).' };
  const UNKNOWN: RingResult = { state: 'unknown', message: 'No answer came.' };
  const ALREADY: RingResult = { state: 'already', message: 'It was told before.' };
  const TOLD = [
    [[ACCEPTED], 'information', 'It was started.'],
    [[ALREADY], 'information', 'It was told before.'],
    [[UNKNOWN], 'warning', 'No answer came.'],
    [[REFUSED], 'error', 'It refused the credential (401).'],
    [[ACCEPTED, UNKNOWN], 'warning', 'It was started. No answer came.'],
    [[UNKNOWN, REFUSED, ACCEPTED], 'error', 'No answer came. It refused the credential (401). It was started.'],
  ] as const;
  for (const [results, level, message] of TOLD) {
    test(`one notification for ${results.map(({ state }) => state).join(', then ')}: ${level}`, async () => {
      const { services, prompts } = scene({ results: succeed(results) });
      await ringShown(services, INPUT, [DISPATCH], SUBJECT);
      const actions = results.some((each) => 'runUrl' in each) ? ['Open the Run'] : [];
      assert.deepEqual(prompts.notices, [{ level, message, actions }]);
    });
  }

  test('the run that was started opens from the notification', async () => {
    const { services, happened } = scene({
      results: succeed([REFUSED, ACCEPTED]),
      prompts: new ScriptedPrompts({ press: 'Open the Run' }),
    });
    await ringShown(services, INPUT, [DISPATCH], SUBJECT);
    assert.equal(happened.at(-1), 'open https://ghe.example/1');
  });

  test('what keeps the engine from telling anybody is handed on, and nothing is looked at', async () => {
    const problem = fail<readonly RingResult[]>('not-approved', 'The model is not approved.');
    const { services, happened, prompts } = scene({ results: problem });
    assert.deepEqual(await ringShown(services, INPUT, [DISPATCH], SUBJECT), problem);
    assert.ok(!happened.includes('look'));
    assert.deepEqual(prompts.notices, []);
  });
});

describe('offering to tell the pipeline of what was taken back', () => {
  const told = { production: { on_rejected: { webhook: { url: 'https://hooks.acme.example' } } } };
  const news = (changes: Partial<UndoneNews> = {}): UndoneNews => ({
    undoing: {
      ...{ policyFile: '/w/signoff.yaml', policy: { ...policy(), pipeline: told }, environment: 'production' },
      ...{ person: 'ben', role: 'risk', key: { keyFile: 'k', publicKey: 'p', fingerprint: 'SHA256:f' } },
    },
    ...{ event: 'on_rejected', run: 'r1', remote: 'origin', message: 'Revoked.', ...changes },
  });
  const shown = (event: PipelinePreview['event']) => succeed({ event, rings: [DISPATCH] });

  test('is pushed first where that is chosen, since the pipeline has to fetch it', async () => {
    const { services, happened } = scene({
      preview: shown('on_rejected'),
      prompts: new ScriptedPrompts({ press: 'Push' }),
    });
    await offerToTell(services, news());
    assert.deepEqual(happened.slice(0, 2), ['pushSignOffs', 'previewPipeline']);
    assert.ok(happened.includes('ringPipeline'));
  });

  test('asks only servers to which this workspace may send a credential what waits there', async () => {
    for (const maySend of [[], ['https://hooks.acme.example', 'https://elsewhere.example']]) {
      const prompts = new ScriptedPrompts({ press: 'Tell the Pipeline…' });
      const { services, lookedAt } = scene({ preview: shown('on_rejected'), prompts, maySend });
      await offerToTell(services, news());
      assert.deepEqual(lookedAt, [maySend.slice(0, 1)]);
    }
  });

  test('tells nobody unless the person asks for it', async () => {
    const { services, happened, prompts } = scene({ preview: shown('on_rejected') });
    await offerToTell(services, news({ remote: undefined }));
    assert.deepEqual(prompts.notices[0]?.actions, ['Tell the Pipeline…']);
    assert.deepEqual(happened, []);
  });

  test('does not pass off an approval that others hold up as what was taken back', async () => {
    const { services, happened } = scene({
      preview: shown('on_approved'),
      prompts: new ScriptedPrompts({ press: 'Tell the Pipeline…' }),
    });
    await offerToTell(services, news());
    assert.deepEqual(happened, ['previewPipeline']);
  });

  test('says nothing where it was never complete, and says why where something is wrong', async () => {
    for (const [code, count] of [
      ['not-approved', 1],
      ['policy-broken', 2],
    ] as const) {
      const { services, prompts } = scene({
        preview: fail(code, 'Why.'),
        prompts: new ScriptedPrompts({ press: 'Tell the Pipeline…' }),
      });
      await offerToTell(services, news());
      assert.equal(prompts.notices.length, count, code);
    }
  });

  test('offers a push alone where the policy tells nobody', async () => {
    const { services, prompts } = scene();
    await offerToTell(services, news({ event: 'on_rolled_back' }));
    assert.deepEqual(prompts.notices[0]?.actions, ['Push']);
  });
});
