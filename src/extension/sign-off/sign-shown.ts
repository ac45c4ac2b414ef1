import type { Result } from '../../base/result.ts';
import type { Services } from '../commands/command.ts';
import type { CompletedReply, PreparedReply } from '../engine/tickets.ts';
import { t } from '../translation.ts';
import { confirmSigning } from './confirm-signing.ts';
import { signTicket } from './sign-ticket.ts';

/** The last question, and the signature. Undefined where the person stopped, or where the same was signed before. */
export async function signShown(
  services: Services,
  intention: 'roll-back' | 'revoke',
  prepared: PreparedReply,
): Promise<Result<CompletedReply> | undefined> {
  const { engine, prompts, state } = services;
  const { ticket, person } = prepared;
  if (prepared.already === 'signed') {
    const message = t('{0} has signed exactly this already, so nothing was signed.', person);
    void prompts.notify({ level: 'information', message });
  }
  if (prepared.already === 'signed' || !(await confirmSigning(services, intention, prepared, {}))) {
    await engine.call('dropSignOff', { ticket });
    return undefined;
  }
  const completed = await signTicket(services, prepared);
  if (completed?.ok) await state.refresh('approvals');
  return completed;
}
