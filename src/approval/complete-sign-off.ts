import { fail, type Result, succeed } from '../base/result.ts';
import { standingNow, whatChanged } from './changed-since-shown.ts';
import { type CompletedStatement, type CompleteOptions, completeStatement, type Signer } from './complete-statement.ts';
import type { PreparedSignOff } from './prepare-sign-off.ts';
import type { Verdict } from './verdict.ts';

export interface CompletedSignOff extends CompletedStatement {
  /** By HEAD's own signers and policy; the pipeline asks `verify`. */
  readonly quorumComplete: boolean;
  readonly verdict: Verdict;
}

/** Signs and commits an approval or rejection with its assessment. Anything that changed since it was shown stops it. */
export async function completeSignOff(
  prepared: PreparedSignOff,
  signer: Signer,
  options: CompleteOptions,
): Promise<Result<CompletedSignOff>> {
  const changed = prepared.already === undefined ? await whatChanged(prepared, options.signal) : undefined;
  if (changed !== undefined) return fail('changed-since-shown', changed);
  const assessment = { path: prepared.assessmentPath, content: prepared.assessmentBytes };
  const completed = await completeStatement(prepared, [assessment], signer, options);
  return completed.ok ? succeed({ ...completed.value, ...(await standingNow(prepared, options)) }) : completed;
}
