import { POLICY } from '../../unit/approval/support/sign-off-case.ts';
import type { Attack } from '../support/attack.ts';
import { release, rita, rolf, underRoots } from '../support/release.ts';

const marketing = POLICY.replace('project: credit-risk', 'project: marketing');

export const attack: Attack = {
  code: 'release-mismatch',
  recipe: underRoots(
    release({ by: [rita, rolf], policy: marketing, predicate: { project: 'marketing' } }),
    { project: 'credit-risk' },
    { policy: marketing },
  ),
};
