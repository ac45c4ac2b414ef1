import { type Attack, goodBen } from '../support/attack.ts';
import { release, rita, rolf, underRoots } from '../support/release.ts';

export const attack: Attack = {
  code: 'statement-revoked',
  recipe: underRoots(release({ by: [rita, rolf], predicate: { revoked: [goodBen.id] } })),
};
