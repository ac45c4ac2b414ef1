import type { Attack } from '../support/attack.ts';
import { bensUntouchedKey, byAnasKey, byBen, whereTouchIsDemanded } from '../support/security-keys.ts';

export const attack: Attack = {
  code: 'user-presence-missing',
  recipe: whereTouchIsDemanded(byAnasKey, byBen(bensUntouchedKey)),
};
