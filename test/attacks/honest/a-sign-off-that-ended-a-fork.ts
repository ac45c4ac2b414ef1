import { sha256Hex } from '../../../src/base/hashing.ts';
import { ana, ben, MODEL, OTHER_FILES } from '../../unit/approval/support/sign-off-case.ts';
import { goodAna, goodBen, onOther, rivals, sign } from '../support/attack.ts';
import { OTHER_SIGNED_MODEL, type Recipe } from '../support/recipe.ts';

const both = [goodAna, goodBen, ...rivals].map(({ id }) => id);
const predicate = { assessment: { sha256: sha256Hex(onOther) }, replaces: MODEL.modelId, supersedes: both };
const healed = [ana, ben].map((by) => sign({ by, files: OTHER_FILES, predicate }));

export const recipe: Recipe = {
  approvals: [goodAna, goodBen, ...rivals, ...healed],
  model: OTHER_SIGNED_MODEL,
  assessments: [onOther],
};
