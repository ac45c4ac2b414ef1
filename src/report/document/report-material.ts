import type { SignoffRecord } from '../../approval/signoff-record.ts';
import type { Assessment } from '../../checks/assessment.ts';
import type { Policy } from '../../policy/schema.ts';

/** Everything that the report of an assessment tells, as plain data. */
export interface ReportMaterial {
  /** With waivers, acceptances and attestations laid over its outcomes. */
  readonly assessment: Assessment;
  /** sha256 of the assessment's bytes, which have nothing laid over them. */
  readonly digest: string;
  readonly policy: Policy;
  /** The files that will be deployed; empty for a run that left none. */
  readonly modelFiles: readonly { readonly name: string; readonly sha256: string }[];
  /** The environment that the question is about; undefined where the policy has none. */
  readonly environment: string | undefined;
  /** Undefined where there is no repository to read approvals from, or nobody trusts it. */
  readonly record: SignoffRecord | undefined;
}

/** The record of the environment that the report is about. */
export function recordOf({ record, environment }: ReportMaterial) {
  return record?.environments.find((each) => each.environment === environment);
}
