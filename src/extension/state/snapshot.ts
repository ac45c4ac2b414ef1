import type { Problem } from '../../base/result.ts';
import type { Outcome } from '../../checks/outcome.ts';
import type { Policy } from '../../policy/schema.ts';
import type { ApprovalsReply } from '../engine/approvals.ts';
import type { AssessReply, ShownAssessment } from '../engine/assess.ts';
import type { RunLine } from '../engine/run-line.ts';

/** Everything that the views show at one moment. Replaced as a whole, never changed. */
export interface Snapshot {
  /** `unknown` until the folders were looked through once; views show nothing rather than something wrong. */
  readonly policySearch: 'unknown' | 'found' | 'missing';
  /** Absolute path. */
  readonly policyFile: string | undefined;
  /** Where the policy was, absolute, when it has gone since the window was opened. */
  readonly lostPolicyFile: string | undefined;
  readonly trust: 'trusted' | 'untrusted';
  /** `looking` until it turns out that there is something to evaluate anew. */
  readonly activity: 'idle' | 'looking' | 'checking';
  /** The policy as far as it can be read, also when it has mistakes. */
  readonly policy: Policy | undefined;
  readonly policyProblems: readonly Problem[];
  /** Where the runs come from; undefined where they could not be opened. */
  readonly source: AssessReply['source'];
  /** Newest first. */
  readonly runs: readonly RunLine[];
  /** Why some runs are not among them, or not whole. */
  readonly runProblems: readonly Problem[];
  readonly assessed: ShownAssessment | undefined;
  /** Why there is no assessment, when there is none. */
  readonly obstacle: Problem | undefined;
  readonly approvals: ApprovalsReply | undefined;
  /** Why nothing is known about approvals: no repository, an untrusted folder, git missing. */
  readonly approvalsObstacle: Problem | undefined;
  /** Absolute paths; when one changes, the snapshot is old. */
  readonly watched: readonly string[];
  /** Absolute paths of folders; when an entry of one comes, goes or changes, the snapshot is old. */
  readonly watchedFolders: readonly string[];
}

export const NOTHING_YET: Snapshot = {
  policySearch: 'unknown',
  policyFile: undefined,
  lostPolicyFile: undefined,
  trust: 'untrusted',
  activity: 'idle',
  policy: undefined,
  policyProblems: [],
  source: undefined,
  runs: [],
  runProblems: [],
  assessed: undefined,
  obstacle: undefined,
  approvals: undefined,
  approvalsObstacle: undefined,
  watched: [],
  watchedFolders: [],
};

/** The outcomes with what people said laid over them, where approvals could be read. */
export function outcomesOf(snapshot: Snapshot): readonly Outcome[] {
  return snapshot.approvals?.outcomes ?? snapshot.assessed?.assessment.outcomes ?? [];
}

/** The environment that a person means when none was named: the policy's last, as on the command line. */
export function mainEnvironment(policy: Policy): string | undefined {
  return Object.keys(policy.signoff?.environments ?? {}).at(-1);
}
