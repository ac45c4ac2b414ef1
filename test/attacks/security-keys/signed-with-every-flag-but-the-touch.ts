import type { Attack } from '../support/attack.ts';
import { bensVerifiedUntouchedKey, byAnasKey, byBen, whereTouchIsDemanded } from '../support/security-keys.ts';

export const attack: Attack = {
  code: 'user-presence-missing',
  recipe: whereTouchIsDemanded(byAnasKey, byBen(bensVerifiedUntouchedKey)),
};
