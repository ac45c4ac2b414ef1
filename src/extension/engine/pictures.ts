import { fail, type Result, succeed } from '../../base/result.ts';
import { inEnglish } from '../../base/translate.ts';
import type { Outcome } from '../../checks/outcome.ts';
import { runsPlots } from '../../checks/plots/history.ts';
import type { PictureSection } from '../../report/pictures/picture.ts';
import { assess } from './assess.ts';
import { newestLook } from './newest-look.ts';
import type { OperationContext, Trust } from './operation-context.ts';
import { recentRunsOf } from './recent-runs.ts';

export interface PicturesInput {
  readonly policyFile: string;
  readonly run: string;
  readonly trust: Trust;
  /** sha256 of the assessment that the pictures are to explain. */
  readonly digest: string;
  /** Its outcomes, with what people said laid over them. */
  readonly outcomes: readonly Outcome[];
}

/**
 * The pictures of an assessment, drawn from what the checks left while they were evaluated; only where this thread did
 * not evaluate them (it was started anew) that is done again.
 */
export async function pictures(
  { policyFile, run, trust, digest, outcomes }: PicturesInput,
  context: OperationContext,
): Promise<Result<readonly PictureSection[]>> {
  if (newestLook(policyFile)?.digest !== digest) {
    const reading = { kind: 'whole' } as const;
    const again = await assess({ policyFile, run, trust, reading, git: 'same', shown: undefined }, context);
    if (!again.ok) return again;
  }
  const look = newestLook(policyFile);
  if (look === undefined || look.digest !== digest) {
    return fail('superseded', 'The run, its evidence or the policy changed while its pictures were made: try again.');
  }
  // Drawing needs libraries that nothing else does.
  const { drawPictures } = await import('../../report/pictures/draw-pictures.ts');
  const onFault = (error: unknown): void => context.onFault?.(error);
  const byId = new Map(outcomes.map((outcome) => [outcome.id, outcome]));
  const { policy, run: shown } = look.assessed;
  const plots = [...look.plots, ...runsPlots(policy, shown, await recentRunsOf(look, trust, context))];
  return succeed(drawPictures(plots, { policy, outcomes: byId, onFault, t: context.t ?? inEnglish }));
}
