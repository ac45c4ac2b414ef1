import { mallory, SIGNERS } from '../../unit/approval/support/sign-off-case.ts';
import type { Attack } from '../support/attack.ts';
import { first, underRoots } from '../support/release.ts';

export const attack: Attack = {
  code: 'signers-differ',
  recipe: underRoots(first, {}, { headSigners: `${SIGNERS}\n${mallory.line}\n` }),
};
