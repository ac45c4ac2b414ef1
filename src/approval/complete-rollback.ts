import { fail, type Result, succeed } from '../base/result.ts';
import { standingNow, whatChanged } from './changed-since-shown.ts';
import type { CompletedSignOff } from './complete-sign-off.ts';
import { type CompleteOptions, completeStatement, type Signer } from './complete-statement.ts';
import type { PreparedRollback } from './prepare-rollback.ts';

/**
 * Signs and commits a rollback. From then on `verify` accepts the model gone back to, wherever the commit arrives, and
 * refuses the one gone back from. After a crash, preparing and completing again finishes the work.
 */
export async function completeRollback(
  prepared: PreparedRollback,
  signer: Signer,
  options: CompleteOptions,
): Promise<Result<CompletedSignOff>> {
  const changed = prepared.already === undefined ? await whatChanged(prepared, options.signal) : undefined;
  if (changed !== undefined) return fail('changed-since-shown', changed);
  const completed = await completeStatement(prepared, [], signer, options);
  return completed.ok ? succeed({ ...completed.value, ...(await standingNow(prepared, options)) }) : completed;
}
