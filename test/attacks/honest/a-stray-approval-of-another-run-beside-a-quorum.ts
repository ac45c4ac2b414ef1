import { DPIA, eve } from '../../unit/approval/support/sign-off-case.ts';
import { goodAna, goodBen, sign } from '../support/attack.ts';
import type { Recipe } from '../support/recipe.ts';

export const recipe: Recipe = {
  approvals: [goodAna, goodBen, sign({ by: eve, predicate: { run: 'run-2', attestations: [DPIA] } })],
  question: { run: undefined },
};
