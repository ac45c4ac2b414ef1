import type { Services } from '../commands/command.ts';
import type { PreparedReply } from '../engine/sign-off.ts';
import { t } from '../translation.ts';
import { summaryOf, wholeText } from './signed-content.ts';
import type { Intention } from './steps.ts';

/**
 * The last question. The modal names everything that the signature covers, files by their common digest; whoever
 * wants every byte's digest and the JSON itself reads them in the editor and comes back.
 */
export async function confirmSigning(
  { prompts, editor }: Services,
  intention: Intention,
  prepared: PreparedReply,
): Promise<boolean> {
  const request = {
    question: intention === 'reject' ? t('Sign this rejection?') : t('Sign this approval?'),
    detail: summaryOf(prepared),
    action: intention === 'reject' ? t('Sign the Rejection') : t('Sign'),
    details: t('Show Everything'),
  };
  for (;;) {
    const answer = await prompts.confirm(request);
    if (answer !== 'wants-details') return answer === 'agreed';
    const text = await editor.openReadOnly(t('What will be signed'), wholeText(prepared));
    const next = await prompts.pickOne({
      title: request.question,
      placeholder: t('Read what will be signed, then go on.'),
      choices: [
        { value: 'go-on' as const, label: t('Go on to signing'), icon: 'arrow-right' },
        { value: 'stop' as const, label: t('Sign nothing'), icon: 'circle-slash' },
      ],
    });
    // Left open, it would soon speak of something that is signed already.
    await text.close();
    if (next.kind !== 'given' || next.value === 'stop') return false;
  }
}
