import type { KeyChoice } from '../engine/signing-keys.ts';
import type { OpenPoint } from './open-points.ts';

/** What was said about one open point. */
export interface PointDetail {
  readonly reason?: string;
  /** `YYYY-MM-DD`. */
  readonly until?: string;
  /** Relative to the policy's folder; empty where none was given. */
  readonly evidence?: string;
}

/** What a person has answered so far. Replaced at each step, so that going back finds the earlier one. */
export interface Answers {
  readonly environment?: string;
  readonly key?: KeyChoice;
  readonly role?: string;
  readonly points?: readonly OpenPoint[];
  readonly details: ReadonlyMap<string, PointDetail>;
  readonly comment?: string;
}

export const NO_ANSWERS: Answers = { details: new Map() };

export function withDetail(answers: Answers, check: string, detail: PointDetail): Answers {
  const merged = { ...answers.details.get(check), ...detail };
  return { ...answers, details: new Map([...answers.details, [check, merged]]) };
}
