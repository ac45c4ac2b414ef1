import type { Assessed } from '../../checks/load-and-assess.ts';
import type { Plot } from '../../checks/plots/plot.ts';
import type { Run } from '../../runs/run.ts';

/** What was last evaluated of a policy, whole: the editor holds only its plain part. */
export interface Look {
  readonly assessed: Assessed;
  /** sha256 of the assessment's bytes. */
  readonly digest: string;
  /** The runs that it was made from, as the store had them: its own, and those that it is compared with. */
  readonly runs: ReadonlyMap<string, Run>;
  /** See `inputStamps`. */
  readonly stamps: string | undefined;
  /** Run id -> name. */
  readonly runNames: ReadonlyMap<string, string>;
  /** What its pictures are drawn from. */
  readonly plots: readonly Plot[];
}

/** For showing only. Whatever is signed is evaluated anew. */
const newest = new Map<string, Look>();

export function newestLook(policyFile: string): Look | undefined {
  return newest.get(policyFile);
}

export function rememberLook(policyFile: string, look: Look): void {
  newest.set(policyFile, look);
}

export function forgetLook(policyFile: string): void {
  newest.delete(policyFile);
}
