import { ben } from '../../unit/approval/support/sign-off-case.ts';
import type { Attack } from '../support/attack.ts';
import { byAnasKey, byBen, whereTouchIsDemanded } from '../support/security-keys.ts';

export const attack: Attack = { code: 'touch-required', recipe: whereTouchIsDemanded(byAnasKey, byBen(ben)) };
