import { type Result, succeed } from '../../base/result.ts';
import type { RingPreview } from '../../pipeline/doorbell.ts';
import type { RingResult } from '../../pipeline/ring-result.ts';
import type { Services } from '../commands/command.ts';
import { originOf } from '../credentials/server-credentials.ts';
import type { RingInput } from '../engine/ring-pipeline.ts';
import { t } from '../translation.ts';
import { visible } from '../visible-text.ts';
import { previewLines, previewText } from './ring-preview-text.ts';
import { tellRung } from './tell-rung.ts';

/** What the person reads beside the calls. */
export interface RingSubject {
  readonly model: string;
  readonly run: { readonly id: string; readonly name: string };
  /** Of the key that signs tags, where one does. */
  readonly fingerprint: string | undefined;
}

/** Shows what is sent to whom, sends it when the person agrees, and says how each took it. */
export async function ringShown(
  services: Services,
  input: RingInput,
  rings: readonly RingPreview[],
  subject: RingSubject,
): Promise<Result<readonly RingResult[]> | undefined> {
  const agreed = await confirmed(services, input.environment, rings, subject);
  if (!agreed || !(await mayBeSent(services, rings))) return undefined;
  const rung = await services.prompts.withProgress(t('Telling the pipeline'), () =>
    services.engine.call('ringPipeline', { ...input, shown: rings }),
  );
  if (!rung.ok) return rung;
  await tellRung(services, rung.value);
  return succeed(rung.value);
}

/** Asks, and where not everything fits into the modal lets the person read it all and come back. */
async function confirmed(
  { prompts, editor }: Services,
  environment: string,
  rings: readonly RingPreview[],
  { model, run, fingerprint }: RingSubject,
): Promise<boolean> {
  const { lines, cut } = previewLines(rings);
  const question = t('Tell the pipeline for {0}?', environment);
  const request = {
    question,
    detail: [
      t('Model: {0}', visible(model)),
      t('Run: {0} ({1})', visible(run.name), visible(run.id)),
      ...lines,
      ...(fingerprint === undefined ? [] : ['', t('Tags are signed with the key {0}.', fingerprint)]),
    ],
    action: t('Tell the Pipeline'),
    ...(cut === 'cut' ? { details: t('Show Everything') } : {}),
  };
  let text: { close(): Promise<void> } | undefined;
  try {
    for (;;) {
      const answer = await prompts.confirm(request);
      if (answer !== 'wants-details') return answer === 'agreed';
      text ??= await editor.openReadOnly(t('What the pipeline is told'), previewText(rings));
      const next = await prompts.pickOne({
        title: question,
        placeholder: t('Read what will be sent, then go on.'),
        choices: [
          { value: 'go-on' as const, label: t('Go on to telling'), icon: 'arrow-right' },
          { value: 'stop' as const, label: t('Tell nobody'), icon: 'circle-slash' },
        ],
      });
      if (next.kind !== 'given' || next.value === 'stop') return false;
    }
  } finally {
    await text?.close();
  }
}

/** A call without its credential would only be refused; so whoever declines to send one sends nothing to anybody. */
async function mayBeSent({ credentials }: Services, rings: readonly RingPreview[]): Promise<boolean> {
  const origins = new Set(rings.flatMap(({ url }) => originOf(url) ?? []));
  for (const origin of origins) if ((await credentials.settle(origin)) === 'declined') return false;
  return true;
}
