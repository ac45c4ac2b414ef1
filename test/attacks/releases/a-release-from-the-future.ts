import type { Attack } from '../support/attack.ts';
import { release, rita, rolf, underRoots } from '../support/release.ts';

export const attack: Attack = {
  code: 'release-in-future',
  recipe: underRoots(release({ by: [rita, rolf], predicate: { issued: '2026-06-15T12:06:00Z' } })),
};
