import type { Policy } from '../policy/schema.ts';
import type { EligibilityRules } from './eligibility.ts';
import type { SignoffFolder } from './file-names.ts';
import type { ReadApprovals } from './read-approvals.ts';
import type { Involved } from './separation.ts';
import type { AssessmentFiles } from './signed-assessment.ts';

/** Everything that a verdict depends on, as data. */
export interface Case {
  readonly folder: SignoffFolder;
  readonly environment: string;
  /** The trusted policy and the digest of its bytes. */
  readonly policy: Policy;
  readonly policySha256: string;
  /** Statements signed by trusted signers, from HEAD and from the anchor, and the files that are none. */
  readonly approvals: ReadApprovals;
  /** Of every statement of the environment: what others signed for tells who took whose place. */
  readonly assessments: AssessmentFiles;
  readonly model: EligibilityRules['model'];
  readonly run: string | undefined;
  readonly involved: Involved;
  /** The id of the model that runs now, `none`, or undefined when nobody said. */
  readonly live: string | undefined;
  /** Milliseconds since 1970; one moment for the whole verdict. */
  readonly now: number;
}
