import type { RingResult } from '../../pipeline/ring-result.ts';
import type { Services } from '../commands/command.ts';
import { t } from '../translation.ts';
import { visible } from '../visible-text.ts';

/** One notification for all who were told: the worst answer sets its tone, and a run that was started can be opened. */
export async function tellRung(
  { prompts, editor, pipelines }: Services,
  results: readonly RingResult[],
): Promise<void> {
  pipelines.look();
  const failed = results.some(({ state }) => state === 'refused');
  const unsure = results.some(({ state }) => state === 'unknown');
  const message = results.map((result) => visible(result.message)).join(' ');
  const url = results.find(({ runUrl }) => runUrl !== undefined)?.runUrl;
  const open = t('Open the Run');
  const level = failed ? 'error' : unsure ? 'warning' : 'information';
  const chosen = await prompts.notify({ level, message, actions: url === undefined ? [] : [open] });
  if (chosen === open && url !== undefined) await editor.openExternal(url);
}
