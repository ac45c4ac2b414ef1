import { sha256Hex } from '../../../src/base/hashing.ts';
import { ana, ben, MODEL, OTHER_FILES } from '../../unit/approval/support/sign-off-case.ts';
import { assess, goodAna, goodBen, onOther, rollBack, sign, successors } from '../support/attack.ts';
import type { Recipe } from '../support/recipe.ts';

const rollback = rollBack(ben);
const predicate = {
  assessment: { sha256: sha256Hex(onOther) },
  replaces: MODEL.modelId,
  supersedes: [rollback.id, ...successors.map(({ id }) => id)],
};

// Ana's new approval and Ben's old one are not a quorum that would end the rollback.
export const recipe: Recipe = {
  approvals: [goodAna, goodBen, ...successors, rollback, sign({ by: ana, files: OTHER_FILES, predicate })],
  assessments: [assess(), onOther],
};
