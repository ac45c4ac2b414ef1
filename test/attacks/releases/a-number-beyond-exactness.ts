import { type Attack, edited } from '../support/attack.ts';
import { release, rita, rolf, underRoots } from '../support/release.ts';

export const attack: Attack = {
  code: 'release-malformed',
  recipe: underRoots(release({ by: [rita, rolf], payload: edited('"number":1', '"number":9007199254740993') })),
};
