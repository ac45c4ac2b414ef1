import { type Attack, edited } from '../support/attack.ts';
import { release, rita, rolf, underRoots } from '../support/release.ts';

export const attack: Attack = {
  code: 'release-malformed',
  recipe: underRoots(release({ by: [rita, rolf], payload: edited('"threshold":2', '"threshold":2,"threshold":1') })),
};
