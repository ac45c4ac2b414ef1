import { type Attack, goodAna } from '../support/attack.ts';
import { underRoots } from '../support/release.ts';

export const attack: Attack = {
  code: 'release-malformed',
  recipe: underRoots({ '.signoff/releases/1.json': Buffer.from(goodAna.content as Uint8Array) }),
};
