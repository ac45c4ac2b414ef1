import { sha256Hex } from '../../../src/base/hashing.ts';
import { ana, ben, OTHER_MODEL } from '../../unit/approval/support/sign-off-case.ts';
import { assess, goodAna, goodBen, sign, successors } from '../support/attack.ts';
import type { Recipe } from '../support/recipe.ts';

const backAgain = assess({}, { baseline: OTHER_MODEL.modelId });
const back = { assessment: { sha256: sha256Hex(backAgain) }, replaces: OTHER_MODEL.modelId };
const again = [ana, ben].map((by, index) =>
  sign({ by, predicate: { ...back, supersedes: successors.slice(index, index + 1).map(({ id }) => id) } }),
);

export const recipe: Recipe = {
  approvals: [goodAna, goodBen, ...successors, ...again],
  assessments: [assess(), backAgain],
};
