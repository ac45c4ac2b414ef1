/**
 * What stops each attack: the few words of the source that do, and what stands there instead when they are taken away.
 * `test/bench/remove-guards.ts` takes one guard away after the other and runs its attacks: each must come through then,
 * or be refused by something else. A unit test holds every edit to the source, so that this list can't rot.
 */
export interface Guard {
  /** What the guard sees to. */
  readonly guard: string;
  readonly edits: readonly Edit[];
  /** Attacks below this folder, without `.ts`. */
  readonly stops: readonly string[];
  /** Set where another guard stands behind this one, so that the attack is still refused, for another reason. */
  readonly behindIt?: 'another guard';
}

/** File below src/, the words as they stand there (once), and what takes their place. */
export type Edit = readonly [file: string, from: string, to: string];

export const ANOTHER = { behindIt: 'another guard' } as const;

export const VERIFY = 'approval/verify.ts';
export const JUDGE = 'approval/judge.ts';
export const GROUP = 'approval/judge-group.ts';
export const ELIGIBLE = 'approval/eligibility.ts';
export const WALK = 'approval/walk-checks.ts';
export const STANDING = 'approval/standing.ts';
export const ENVELOPE = 'approval/verify-envelope.ts';
export const DSSE = 'approval/dsse.ts';
export const SSHSIG = 'approval/sshsig.ts';
export const ANCHOR = 'approval/trust-anchor.ts';
export const RELEASE = 'approval/release-reader.ts';
export const CHAIN = 'approval/release-chain.ts';
export const JSON_READER = 'approval/strict-json.ts';
export const FIELDS = 'approval/field-reader.ts';
export const STATEMENT = 'approval/statement-reader.ts';
export const FORMATS = 'approval/formats.ts';
export const SUBJECTS = 'approval/subject-reader.ts';
export const ASSESSMENT = 'approval/signed-assessment.ts';
export const INVOLVED = 'approval/involved-people.ts';
export const READ = 'approval/read-approvals.ts';

const SWITCH = "switch (status) {\n    case 'pass':\n    case 'not_applicable':";

/** The edit that lets a status pass. */
export const passes = (status: string): Edit => [
  WALK,
  SWITCH,
  `switch (status) {\n    case '${status}':\n    case 'pass':\n    case 'not_applicable':`,
];
