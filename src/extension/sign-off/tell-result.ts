import { ringsByTag } from '../../pipeline/targets.ts';
import type { Policy } from '../../policy/schema.ts';
import type { Services } from '../commands/command.ts';
import type { SignOffInput } from '../engine/sign-off.ts';
import type { CompletedReply, PreparedReply } from '../engine/tickets.ts';
import { VIEWS } from '../ids.ts';
import { t } from '../translation.ts';
import { openSeats } from './open-seats.ts';
import { pushOffered } from './push-offer.ts';

export interface SignedNews {
  readonly input: SignOffInput;
  readonly prepared: PreparedReply;
  readonly completed: CompletedReply;
  readonly policy: Policy;
}

/** One notification: what was signed, what is missing, and what to do next. */
export async function tellResult(services: Services, news: SignedNews): Promise<void> {
  const { prompts, editor } = services;
  const rung = await ringIfComplete(services, news);
  const show = t('Show Approvals');
  const push = t('Push');
  const message = [signedSentence(news), rung ?? missingSentence(services, news)].join(' ');
  const actions = news.prepared.remote === undefined ? [show] : [push, show];
  const chosen = await prompts.notify({ level: 'information', message, actions });
  if (chosen === show) await editor.showView(VIEWS.approvals);
  if (chosen === push) await pushOffered(services, news.input.policyFile);
}

function signedSentence({ input, prepared }: SignedNews): string {
  const who = t('{0} ({1})', prepared.person, input.role);
  return input.decision === 'reject'
    ? t('Rejected for {0} by {1}.', input.environment, who)
    : t('Signed for {0} by {1}.', input.environment, who);
}

function missingSentence({ state }: Services, { input }: SignedNews): string {
  const environment = state.snapshot.approvals?.environments.find(({ name }) => name === input.environment);
  if (environment === undefined || input.decision === 'reject') return '';
  if (environment.candidate.standing === 'approved') return t('The model is approved.');
  const seats = environment.candidate.seats;
  const open = openSeats(environment);
  const reason = environment.candidate.reasons[0]?.message;
  if (open.length === 0) return reason === undefined ? '' : t('Not approved yet: {0}', reason);
  const missing = open.map((seat) => t('{0} is missing ({1}).', seat.role, seat.holders.join(', '))).join(' ');
  return t('{0} of {1} roles. {2}', seats.length - open.length, seats.length, missing);
}

/** The doorbell: once the last seat is filled, and only where the policy asks for it. */
async function ringIfComplete(
  services: Services,
  { input, completed, policy }: SignedNews,
): Promise<string | undefined> {
  if (input.decision !== 'approve' || completed.quorum !== 'complete') return undefined;
  if (!ringsByTag(policy, input.environment, 'on_approved')) return undefined;
  const { policyFile, environment, run, keyFile, publicKey, fingerprint } = input;
  const rung = await services.engine.call('ringPipeline', {
    policyFile,
    environment,
    run,
    keyFile,
    publicKey,
    fingerprint,
  });
  if (!rung.ok) return t('The model is approved, but the pipeline could not be told: {0}', rung.problem.message);
  return t('The model is approved. {0}', rung.value.message);
}
