import { eve, SIGNERS } from '../../unit/approval/support/sign-off-case.ts';
import { goodAna, goodBen, reject } from '../support/attack.ts';
import type { Recipe } from '../support/recipe.ts';

export const recipe: Recipe = {
  approvals: [goodAna, goodBen, reject(eve)],
  signers: SIGNERS.replace(`${eve.line}\n`, ''),
};
