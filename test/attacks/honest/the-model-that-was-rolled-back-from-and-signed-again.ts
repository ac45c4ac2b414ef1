import { sha256Hex } from '../../../src/base/hashing.ts';
import { ana, ben, MODEL, OTHER_FILES } from '../../unit/approval/support/sign-off-case.ts';
import { assess, goodAna, goodBen, onOther, rollBack, sign, successors } from '../support/attack.ts';
import { OTHER_SIGNED_MODEL, type Recipe } from '../support/recipe.ts';

const rollback = rollBack(ben);
const predicate = {
  assessment: { sha256: sha256Hex(onOther) },
  replaces: MODEL.modelId,
  supersedes: [rollback.id, ...successors.map(({ id }) => id)],
};
const again = [ana, ben].map((by) => sign({ by, files: OTHER_FILES, predicate }));

export const recipe: Recipe = {
  approvals: [goodAna, goodBen, ...successors, rollback, ...again],
  assessments: [assess(), onOther],
  model: OTHER_SIGNED_MODEL,
};
