import type { Attack } from '../support/attack.ts';
import { release, rita, rosa, underRoots } from '../support/release.ts';

export const attack: Attack = {
  code: 'release-not-signed',
  recipe: underRoots(release({ by: [rita, rosa] })),
};
