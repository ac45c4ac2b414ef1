import type { PipelineEvent } from '../../pipeline/news.ts';
import { ringsFor } from '../../pipeline/targets.ts';
import type { Services } from '../commands/command.ts';
import { t } from '../translation.ts';
import { previewRings } from './preview-rings.ts';
import { pushOffered } from './push-offer.ts';
import { ringShown } from './ring-shown.ts';
import type { Undoing } from './undo-questions.ts';

export interface UndoneNews {
  readonly undoing: Undoing;
  readonly event: PipelineEvent;
  readonly run: string;
  /** Where it would be pushed to, if anywhere. */
  readonly remote: string | undefined;
  /** What was signed, in a sentence. */
  readonly message: string;
}

/** Says what was signed, and offers to push it and to show, then tell, the pipeline: it has to be able to fetch it first. */
export async function offerToTell(services: Services, news: UndoneNews): Promise<void> {
  const { undoing, event, remote, message } = news;
  const { policy, policyFile, environment } = undoing;
  const push = t('Push');
  const tell = t('Tell the Pipeline…');
  const told = ringsFor(policy, environment, event);
  const actions = [...(remote === undefined ? [] : [push]), ...(told ? [tell] : [])];
  const chosen = await services.prompts.notify({ level: 'information', message, actions });
  if (chosen === push) await pushOffered(services, policyFile);
  if (told && (chosen === push || chosen === tell)) await showAndTell(services, news);
}

async function showAndTell(services: Services, { undoing, run, event }: UndoneNews): Promise<void> {
  const { policy, policyFile, environment, key } = undoing;
  const input = { policyFile, environment, run };
  const preview = await previewRings(services, input, policy);
  // What was taken back was never complete: then there is nothing that a pipeline was told before.
  if (preview.ok ? preview.value.event !== event : preview.problem.code === 'not-approved') return;
  const told = !preview.ok
    ? preview
    : await ringShown(services, { ...input, key }, preview.value.rings, {
        ...{ model: policy.model, run: { id: run, name: run }, fingerprint: key.fingerprint },
      });
  if (told === undefined || told.ok) return;
  const message = t('The pipeline could not be told: {0}', told.problem.message);
  void services.prompts.notify({ level: 'warning', message });
}
