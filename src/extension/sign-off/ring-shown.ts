import { type Result, succeed } from '../../base/result.ts';
import type { RingPreview } from '../../pipeline/doorbell.ts';
import type { RingResult } from '../../pipeline/ring-result.ts';
import type { Services } from '../commands/command.ts';
import { originOf } from '../credentials/server-credentials.ts';
import type { RingInput } from '../engine/ring-pipeline.ts';
import { t } from '../translation.ts';
import { visible } from '../visible-text.ts';
import { tellRung } from './tell-rung.ts';

/** What the person reads beside the calls. */
export interface RingSubject {
  readonly model: string;
  readonly run: { readonly id: string; readonly name: string };
  /** Of the key that signs tags, where one does. */
  readonly fingerprint: string | undefined;
}

const MOST_BODY_LINES = 12;

/** Shows what is sent to whom, sends it when the person agrees, and says how each took it. */
export async function ringShown(
  services: Services,
  input: RingInput,
  rings: readonly RingPreview[],
  { model, run, fingerprint }: RingSubject,
): Promise<Result<readonly RingResult[]> | undefined> {
  const agreed = await services.prompts.confirm({
    question: t('Tell the pipeline for {0}?', input.environment),
    detail: [
      t('Model: {0}', visible(model)),
      t('Run: {0} ({1})', visible(run.name), visible(run.id)),
      ...rings.flatMap(previewLines),
      ...(fingerprint === undefined ? [] : ['', t('Tags are signed with the key {0}.', fingerprint)]),
    ],
    action: t('Tell the Pipeline'),
  });
  if (agreed !== 'agreed' || !(await mayBeSent(services, rings))) return undefined;
  const rung = await services.prompts.withProgress(t('Telling the pipeline'), () =>
    services.engine.call('ringPipeline', { ...input, shown: rings }),
  );
  if (!rung.ok) return rung;
  await tellRung(services, rung.value);
  return succeed(rung.value);
}

/** A call without its credential would only be refused; so whoever declines to send one sends nothing to anybody. */
async function mayBeSent({ credentials }: Services, rings: readonly RingPreview[]): Promise<boolean> {
  const origins = new Set(rings.flatMap(({ url }) => originOf(url) ?? []));
  for (const origin of origins) if ((await credentials.settle(origin)) === 'declined') return false;
  return true;
}

/** A long body is shortened, and says so; the command line shows all of it. */
function previewLines({ title, note, method, url, body }: RingPreview): string[] {
  const lines = body.split('\n');
  const left = lines.length - MOST_BODY_LINES;
  return [
    ...['', visible(title), ...(note === undefined ? [] : [visible(note)]), visible(`${method} ${url}`)],
    ...lines.slice(0, MOST_BODY_LINES).map((line) => visible(line)),
    ...(left > 0 ? [t('… and {0} more lines: signoff trigger --dry-run shows them.', left)] : []),
  ];
}
