import type { Result } from '../../base/result.ts';
import type { Services } from '../commands/command.ts';
import type { CompletedReply, PreparedReply } from '../engine/tickets.ts';
import { t } from '../translation.ts';

/** What only the key's owner can help with: a passphrase, or the PIN of a security key. */
const ASKED_FOR: ReadonlySet<string> = new Set(['passphrase-needed', 'passphrase-wrong']);

/**
 * Signs what the ticket stands for. There is no terminal here where OpenSSH could ask for a passphrase, so it is asked
 * for by us when it turns out to be needed, and kept nowhere. Undefined where the person gave none.
 */
export async function signTicket(
  { engine, prompts }: Pick<Services, 'engine' | 'prompts'>,
  { ticket, securityKey }: Pick<PreparedReply, 'ticket' | 'securityKey'>,
): Promise<Result<CompletedReply> | undefined> {
  const title = securityKey === 'touch' ? t('Signing: touch your security key when it blinks') : t('Signing');
  let passphrase: string | undefined;
  for (;;) {
    const input = { ticket, passphrase };
    const completed = await prompts.withProgress(title, () => engine.call('completeSignOff', input));
    if (completed.ok || !ASKED_FOR.has(completed.problem.code)) return completed;
    const answer = await prompts.ask({ title: t('Sign'), prompt: completed.problem.message, shown: 'as dots' });
    if (answer.kind !== 'given') {
      await engine.call('dropSignOff', { ticket });
      return undefined;
    }
    passphrase = answer.value;
  }
}
