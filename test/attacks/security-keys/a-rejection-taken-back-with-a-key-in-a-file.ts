import { eve } from '../../unit/approval/support/sign-off-case.ts';
import type { Attack } from '../support/attack.ts';
import { bensKey, byAnasKey, byBen, whereTouchIsDemanded } from '../support/security-keys.ts';

const rejection = byBen(eve, { decision: 'reject', attestations: [], comment: 'unfair' });

export const attack: Attack = {
  code: 'rejected',
  recipe: whereTouchIsDemanded(byAnasKey, byBen(bensKey), rejection, byBen(eve, { supersedes: [rejection.id] })),
};
