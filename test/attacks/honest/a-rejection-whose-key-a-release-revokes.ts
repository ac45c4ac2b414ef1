import { eve } from '../../unit/approval/support/sign-off-case.ts';
import { goodAna, goodBen, reject } from '../support/attack.ts';
import type { Recipe } from '../support/recipe.ts';
import { fingerprints, release, rita, rolf, underRoots } from '../support/release.ts';

export const recipe: Recipe = underRoots(
  release({ by: [rita, rolf], predicate: { revoked: fingerprints(eve) } }),
  {},
  { approvals: [goodAna, goodBen, reject(eve)] },
);
