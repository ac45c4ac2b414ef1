import type { Attack } from '../support/attack.ts';
import { release, rita, rolf, underRoots } from '../support/release.ts';

export const attack: Attack = {
  code: 'release-expired',
  recipe: underRoots(release({ by: [rita, rolf], predicate: { expires: '2026-06-15T12:00:00Z' } })),
};
