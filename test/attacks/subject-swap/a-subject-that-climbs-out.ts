import { FILES } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, forgedBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'statement-malformed',
  recipe: forgedBen({ subject: [{ name: '../model.pkl', digest: { sha256: FILES[0].sha256 } }] }),
};
