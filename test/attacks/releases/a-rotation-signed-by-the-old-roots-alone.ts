import { POLICY } from '../../unit/approval/support/sign-off-case.ts';
import type { Attack } from '../support/attack.ts';
import { fingerprints, first, release, rita, rolf, rosa, ruth, signedUnder, underRoots } from '../support/release.ts';

const weaker = POLICY.replace('min: 0.8', 'min: 0.1');

export const attack: Attack = {
  code: 'policy-differs',
  recipe: underRoots(
    {
      ...first,
      ...release({ by: [rita, rolf], policy: weaker, predicate: { number: 2, roots: fingerprints(ruth, rosa) } }),
    },
    {},
    { policy: weaker, approvals: signedUnder(weaker) },
  ),
};
