import { ben } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, goodAna, goodBen } from '../support/attack.ts';
import { first, release, underRoots } from '../support/release.ts';

const [signedByBen] = Object.values(release({ by: [ben] }));

export const attack: Attack = {
  code: 'statement-malformed',
  recipe: underRoots(first, {}, { approvals: [goodAna, { ...goodBen, content: signedByBen as Uint8Array }] }),
};
