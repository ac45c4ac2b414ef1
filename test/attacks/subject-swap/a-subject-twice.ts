import { FILES } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, forgedBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'statement-malformed',
  recipe: forgedBen({
    subject: [FILES[0], FILES[0]].map(({ name, sha256 }) => ({ name, digest: { sha256 } })),
  }),
};
