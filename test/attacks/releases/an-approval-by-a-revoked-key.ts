import { ben } from '../../unit/approval/support/sign-off-case.ts';
import type { Attack } from '../support/attack.ts';
import { fingerprints, release, rita, rolf, underRoots } from '../support/release.ts';

export const attack: Attack = {
  code: 'key-revoked',
  recipe: underRoots(release({ by: [rita, rolf], predicate: { revoked: fingerprints(ben) } })),
};
