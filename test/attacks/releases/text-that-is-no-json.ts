import type { Attack } from '../support/attack.ts';
import { underRoots } from '../support/release.ts';

export const attack: Attack = {
  code: 'release-malformed',
  recipe: underRoots({ '.signoff/releases/1.json': '{}' }),
};
