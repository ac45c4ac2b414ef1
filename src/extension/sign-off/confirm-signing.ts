import type { Services } from '../commands/command.ts';
import type { PreparedReply } from '../engine/tickets.ts';
import { t } from '../translation.ts';
import { type Surroundings, summaryOf, wholeText } from './signed-content.ts';
import type { Intention } from './steps.ts';

type Closable = Awaited<ReturnType<Services['editor']['openReadOnly']>>;

/** The picker lies over the first lines of the text that it is about. */
const ROOM_FOR_PICKER = '\n'.repeat(7);

/**
 * The last question. The modal names everything that the signature covers, files by their common digest; whoever
 * wants every byte's digest and the JSON itself reads them in the editor and comes back.
 */
export async function confirmSigning(
  { prompts, editor }: Services,
  intention: Intention | 'roll-back' | 'revoke',
  prepared: PreparedReply,
  surroundings: Surroundings,
): Promise<boolean> {
  const request = {
    ...wordsFor(intention),
    detail: summaryOf(prepared, surroundings),
    details: t('Show Everything'),
  };
  let text: Closable | undefined;
  try {
    for (;;) {
      const answer = await prompts.confirm(request);
      if (answer !== 'wants-details') return answer === 'agreed';
      // Before the next modal nothing is closed: the editor behind a closed tab would take the keyboard from the modal.
      text = await editor.openReadOnly(t('What will be signed'), ROOM_FOR_PICKER + wholeText(prepared));
      const next = await prompts.pickOne({
        title: request.question,
        placeholder: t('Read what will be signed, then go on.'),
        choices: [
          { value: 'go-on' as const, label: t('Go on to signing'), icon: 'arrow-right' },
          { value: 'stop' as const, label: t('Sign nothing'), icon: 'circle-slash' },
        ],
      });
      if (next.kind !== 'given' || next.value === 'stop') return false;
    }
  } finally {
    // Left open, it would soon speak of something that is signed already.
    await text?.close();
  }
}

function wordsFor(intention: Intention | 'roll-back' | 'revoke'): {
  readonly question: string;
  readonly action: string;
} {
  switch (intention) {
    case 'approve':
      return { question: t('Sign this approval?'), action: t('Sign') };
    case 'reject':
      return { question: t('Sign this rejection?'), action: t('Sign the Rejection') };
    case 'roll-back':
      return { question: t('Sign this rollback?'), action: t('Roll Back') };
    case 'revoke':
      return { question: t('Sign this revocation?'), action: t('Revoke') };
  }
}
