import { fail, succeed } from '../../base/result.ts';
import { VIEWS } from '../ids.ts';
import { outcomesOf } from '../state/snapshot.ts';
import { t } from '../translation.ts';
import type { CommandResult, Services } from './command.ts';

/** Selects a check in the checklist, whatever its filter hides. */
export async function showInChecklist(
  { state, editor, choices, checklist }: Services,
  check: unknown,
): Promise<CommandResult> {
  if (typeof check !== 'string') return undefined;
  const outcome = outcomesOf(state.snapshot).find(({ id }) => id === check);
  if (outcome === undefined) return fail('no-check', t('The policy has no check “{0}” any more.', check));
  const { statuses } = choices.current;
  if (statuses !== undefined && !statuses.includes(outcome.status)) choices.choose({ statuses: undefined });
  await editor.showView(VIEWS.checklist);
  await checklist.reveal(`check/${check}`);
  return succeed(undefined);
}
