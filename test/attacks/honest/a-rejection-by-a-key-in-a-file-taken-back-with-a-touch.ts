import { ben } from '../../unit/approval/support/sign-off-case.ts';
import type { Recipe } from '../support/recipe.ts';
import { bensKey, byAnasKey, byBen, whereTouchIsDemanded } from '../support/security-keys.ts';

const rejection = byBen(ben, { decision: 'reject', attestations: [], comment: 'unfair' });

export const recipe: Recipe = whereTouchIsDemanded(
  byAnasKey,
  rejection,
  byBen(bensKey, { supersedes: [rejection.id] }),
);
