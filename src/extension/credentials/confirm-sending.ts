import type { Prompts } from '../prompts/prompts.ts';
import { t } from '../translation.ts';

/** Asks whether this workspace's policy may have the stored credential sent to the server that it names. */
export async function confirmSending(prompts: Prompts, origin: string): Promise<'agreed' | 'declined'> {
  const answer = await prompts.confirm({
    question: t('Send your stored credential to {0}?', origin),
    detail: [
      t('The policy of this workspace names this server, and you have stored a credential for it.'),
      t('You are asked once for each workspace.'),
    ],
    action: t('Send'),
  });
  return answer === 'agreed' ? 'agreed' : 'declined';
}
