import type { Outcome } from '../../checks/outcome.ts';
import type { Policy } from '../../policy/schema.ts';
import type { EnvironmentApprovals } from '../engine/approvals.ts';
import type { KeyChoice } from '../engine/signing-keys.ts';
import type { Prompts } from '../prompts/prompts.ts';
import type { Step } from '../prompts/steps.ts';
import type { Answers } from './answers.ts';
import { askDetails } from './detail-questions.ts';
import { askKey } from './key-question.ts';
import { type OpenPoint, openPointsOf } from './open-points.ts';
import { askComment, askEnvironment, askPoints, askRole } from './questions.ts';

export type Intention = 'approve' | 'reject';

/** Everything that the questions are made from; fixed while a person answers. */
export interface Material {
  readonly title: string;
  readonly intention: Intention;
  readonly policy: Policy;
  readonly outcomes: readonly Outcome[];
  readonly environments: readonly EnvironmentApprovals[];
  readonly keys: readonly KeyChoice[];
  /** Which open points are chosen before anybody chooses. */
  readonly preselect: (point: OpenPoint) => boolean;
  readonly prompts: Prompts;
  readonly now: number;
  /** A sentence when a path names no file that could be evidence. */
  readonly complainAboutEvidence: (path: string) => string | undefined;
}

/** The questions that these answers leave, asked and open ones alike, in order. Only what is needed is asked. */
export function planSteps(material: Material): (answers: Answers) => readonly Step<Answers>[] {
  return (answers) => {
    const roles = rolesOf(answers.key);
    const points = answers.role === undefined ? [] : openPointsOf(material.outcomes, material.policy, answers.role);
    const asksPoints = material.intention === 'approve' && points.length > 0;
    return [
      ...(material.environments.length > 1 ? [askEnvironment(material)] : []),
      askKey(material),
      ...(roles.length > 1 ? [askRole(material, roles)] : []),
      ...(asksPoints ? [askPoints(material, points)] : []),
      ...(asksPoints ? (answers.points ?? []).flatMap((point) => askDetails(material, point)) : []),
      askComment(material),
    ];
  };
}

export function rolesOf(key: KeyChoice | undefined): readonly string[] {
  return key?.roles ?? [];
}
