import { sha256Hex } from '../../../src/base/hashing.ts';
import { ana, ben, OTHER_FILES } from '../../unit/approval/support/sign-off-case.ts';
import { goodAna, goodBen, rivalAssessment, sign } from '../support/attack.ts';
import type { Recipe } from '../support/recipe.ts';

const predicate = {
  assessment: { sha256: sha256Hex(rivalAssessment) },
  issued: '2026-01-01T00:00:00Z',
  expires: '2026-02-01T00:00:00Z',
};
const expired = [ana, ben].map((by) => sign({ by, files: OTHER_FILES, predicate }));

export const recipe: Recipe = { approvals: [goodAna, goodBen, ...expired] };
