import type { Services } from '../commands/command.ts';
import type { PreparedReply } from '../engine/tickets.ts';
import { reviewDocument } from '../panels/review-document.ts';
import { t } from '../translation.ts';
import { type Surroundings, summaryOf } from './signed-content.ts';
import type { Intention } from './steps.ts';

/**
 * The last question, and the only place that signs. The modal names everything that the signature covers, files by their
 * common digest. Behind it a panel holds every byte's digest and the statement itself, for whoever wants to read them and
 * come back.
 */
export async function confirmSigning(
  { prompts, panels }: Services,
  intention: Intention | 'roll-back' | 'revoke',
  prepared: PreparedReply,
  surroundings: Surroundings,
): Promise<boolean> {
  const request = {
    ...wordsFor(intention),
    detail: summaryOf(prepared, surroundings),
    details: t('Show Everything'),
  };
  const review = { document: reviewDocument(prepared) };
  // The keyboard is the modal's.
  const show = (): void => panels.show('review', review, { focus: 'keep' });
  try {
    show();
    for (;;) {
      const answer = await prompts.confirm(request);
      if (answer !== 'wants-details') return answer === 'agreed';
      // Before the next modal nothing is closed: the editor behind a closed tab would take the keyboard from the modal.
      show();
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
    panels.close('review');
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
