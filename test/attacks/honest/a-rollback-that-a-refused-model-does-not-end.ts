import { sha256Hex } from '../../../src/base/hashing.ts';
import { ana, ben, MODEL, OTHER_FILES } from '../../unit/approval/support/sign-off-case.ts';
import { assess, failingOnOther, goodAna, goodBen, onOther, rollBack, sign, successors } from '../support/attack.ts';
import type { Recipe } from '../support/recipe.ts';

const rollback = rollBack(ben);
const predicate = {
  assessment: { sha256: sha256Hex(failingOnOther) },
  replaces: MODEL.modelId,
  supersedes: [rollback.id],
};
const failed = [ana, ben].map((by) => sign({ by, files: OTHER_FILES, predicate }));

export const recipe: Recipe = {
  approvals: [goodAna, goodBen, ...successors, rollback, ...failed],
  assessments: [assess(), onOther, failingOnOther],
};
