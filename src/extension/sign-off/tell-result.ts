import { ringsByTag, showsProgress, targetsOf } from '../../pipeline/targets.ts';
import type { Policy } from '../../policy/schema.ts';
import type { Services } from '../commands/command.ts';
import type { SignOffInput } from '../engine/sign-off.ts';
import type { CompletedReply, PreparedReply } from '../engine/tickets.ts';
import { COMMANDS, VIEWS } from '../ids.ts';
import { t } from '../translation.ts';
import { visible } from '../visible-text.ts';
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
  services.pipelines.look();
  const show = t('Show Approvals');
  const push = t('Push');
  const message = [signedSentence(news), rung ?? missingSentence(services, news)].join(' ');
  const tell = t('Tell the Pipeline…');
  const { decision, environment } = news.input;
  const decided = decision === 'reject' || news.completed.quorum === 'complete';
  const worthTelling = decided || showsProgress(news.policy, environment);
  const actions = [
    ...(news.prepared.remote === undefined ? [] : [push]),
    ...(worthTelling && needsPreview(news) ? [tell] : []),
    show,
  ];
  const chosen = await prompts.notify({ level: 'information', message, actions });
  if (chosen === show) await editor.showView(VIEWS.approvals);
  if (chosen === tell) await editor.runCommand(COMMANDS.triggerPipeline);
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

/**
 * The doorbell. A tag is made at once when the last seat is filled, as the modal said; whatever goes to a server is shown
 * first, by the command that the notification offers.
 */
async function ringIfComplete(
  services: Services,
  { input, completed, policy }: SignedNews,
): Promise<string | undefined> {
  if (input.decision !== 'approve' || completed.quorum !== 'complete') return undefined;
  if (!ringsByTag(policy, input.environment, 'on_approved') || needsPreview({ input, policy })) return undefined;
  const { policyFile, environment, run, keyFile, publicKey, fingerprint } = input;
  const key = { keyFile, publicKey, fingerprint };
  const rung = await services.engine.call('ringPipeline', { policyFile, environment, run, key });
  if (!rung.ok) return t('The model is approved, but the pipeline could not be told: {0}', rung.problem.message);
  return t('The model is approved. {0}', rung.value.map(({ message }) => visible(message)).join(' '));
}

/** Whether a decision that was just made is told to a server. */
function needsPreview({ input, policy }: Pick<SignedNews, 'input' | 'policy'>): boolean {
  const event = input.decision === 'reject' ? 'on_rejected' : 'on_approved';
  return targetsOf(policy, input.environment, event).some((target) =>
    Object.keys(target).some((key) => key !== 'git_tag'),
  );
}
