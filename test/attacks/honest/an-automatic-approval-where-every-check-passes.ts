import { ci, makeWorld, POLICY } from '../../unit/approval/support/sign-off-case.ts';
import type { Recipe } from '../support/recipe.ts';

const policy = POLICY.replace(/ {2}dpia: .*\n/, '');
const automatic = makeWorld(policy);

export const recipe: Recipe = {
  policy,
  approvals: [automatic.sign({ by: ci, predicate: { environment: 'staging' } })],
  question: { environment: 'staging' },
};
