import { fail, succeed } from '../../base/result.ts';
import { t } from '../translation.ts';
import type { CommandResult, Services } from './command.ts';

/** Opens the policy at a check. The place was read with the assessment, so it fits the text that was checked. */
export async function revealCheck({ state, editor }: Services, check: unknown): Promise<CommandResult> {
  const { policyFile, assessed } = state.snapshot;
  if (policyFile === undefined || assessed === undefined || typeof check !== 'string') return undefined;
  const place = assessed.places.get(check);
  if (place === undefined) return fail('no-check', t('The policy has no check “{0}” any more.', check));
  await editor.openFile(policyFile, place);
  return succeed(undefined);
}
