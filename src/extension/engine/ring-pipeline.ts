import { dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { headVerdict } from '../../approval/head-verdict.ts';
import { fail, type Result, succeed } from '../../base/result.ts';
import { openRepository, type Repository } from '../../git/repository.ts';
import {
  type Announcement,
  type AnnounceOptions,
  announce,
  type PlannedRing,
  planRings,
} from '../../pipeline/announce.ts';
import type { RingPreview } from '../../pipeline/doorbell.ts';
import { pipelineCredential } from '../../pipeline/environment-credentials.ts';
import { lookAtWhatWaits } from '../../pipeline/look-at-waiting.ts';
import type { PipelineEvent } from '../../pipeline/news.ts';
import type { RingResult } from '../../pipeline/ring-result.ts';
import { showsProgress } from '../../pipeline/targets.ts';
import { whatHappened } from '../../pipeline/what-happened.ts';
import { runsOfTrustedFolder } from './load-run.ts';
import { pathInRepository, readPolicyWithBytes } from './open-policy.ts';
import type { OperationContext } from './operation-context.ts';
import { type SigningKeyInput, signingKey } from './sign-off.ts';

export interface PipelineInput {
  readonly policyFile: string;
  readonly environment: string;
  readonly run: string;
}

export interface RingInput extends PipelineInput {
  /** Signs tags; where nobody is told by one, no key is needed. */
  readonly key?: SigningKeyInput;
  /** What a person saw and agreed to; where there is something else to tell by now, nobody is told anything. */
  readonly shown?: readonly RingPreview[];
}

export interface PreviewInput extends PipelineInput {
  /** Servers that may be asked, only reading, what waits there: those whose credential this workspace may send. */
  readonly lookAt?: readonly string[];
}

export interface PipelinePreview {
  readonly event: PipelineEvent;
  readonly rings: readonly RingPreview[];
}

const CHANGED =
  'What there is to tell has changed since it was shown to you, so nobody was told: look at it anew with “Tell the Pipeline…”.';

/** What would be sent to whom. No server is asked but those that may be, and these are only read. */
export async function previewPipeline(
  input: PreviewInput,
  context: OperationContext,
): Promise<Result<PipelinePreview>> {
  const found = await announcementOf(input, context);
  if (!found.ok) return found;
  const options = optionsOf(context, undefined);
  const planned = await planRings(found.value, options);
  const mayAsk = (origin: string): boolean => input.lookAt?.includes(origin) === true;
  const rings = await lookAtWhatWaits(planned, { reach: options.reach, mayAsk });
  return succeed({ event: found.value.event, rings });
}

/** Tells everybody whom the policy wants told, in its order; each once for the same news. */
export async function ringPipeline(
  input: RingInput,
  context: OperationContext,
): Promise<Result<readonly RingResult[]>> {
  const found = await announcementOf(input, context);
  if (!found.ok) return found;
  const key = input.key === undefined ? undefined : signingKey(input.key);
  const planned = await planRings(found.value, optionsOf(context, key));
  const { shown } = input;
  if (shown === undefined) return succeed(await announce(planned));
  const isSame = shown.length === planned.length && planned.every((each, index) => isAsShown(each, shown[index]));
  if (!isSame) return fail('pipeline-changed', CHANGED);
  return succeed(await announce(planned.map((each, index) => ({ ring: () => each.ring(shown[index]) }))));
}

/** Of what waits the system's own part is compared once it is asked again, when it is answered. */
function isAsShown({ preview, waits }: PlannedRing, shown: RingPreview | undefined): boolean {
  if (shown === undefined) return false;
  if (waits !== undefined && shown.url !== preview.url) return shown.title === preview.title;
  return isDeepStrictEqual({ ...shown, note: undefined }, { ...preview, note: undefined });
}

/** The editor's stored credential comes before the environment's. */
export function optionsOf({ signal, surroundings }: OperationContext, key: AnnounceOptions['key']): AnnounceOptions {
  const credentialFor = async (origin: string) =>
    (await surroundings.credentialFor?.(origin)) ?? pipelineCredential(origin, process.env);
  return { reach: { credentialFor, signal }, key, now: () => new Date() };
}

/** What HEAD says of the run's model there. */
async function announcementOf(input: PipelineInput, context: OperationContext): Promise<Result<Announcement>> {
  const { policyFile, environment, run } = input;
  const opened: Result<Repository> = await openRepository(dirname(policyFile));
  if (!opened.ok) return opened;
  const repository = opened.value;
  const read = await readPolicyWithBytes(policyFile);
  if (!read.ok) return read;
  const { policy } = read.value;
  const place = { repository, policyPath: pathInRepository(repository, policyFile), ...read.value, environment };
  const loadRun = runsOfTrustedFolder(policyFile, context);
  const found = await headVerdict({ ...place, run, now: new Date(), signal: context.signal, loadRun });
  if (!found.ok) return found;
  const happened = whatHappened(found.value, policy, environment);
  if (happened === undefined || (happened.progress !== undefined && !showsProgress(policy, environment))) {
    const message = `The model is neither approved nor rejected for ${environment}, so there is nothing to tell the pipeline.`;
    return fail('not-approved', message);
  }
  return succeed({ ...place, ...happened, modelId: found.value.modelId, run });
}
