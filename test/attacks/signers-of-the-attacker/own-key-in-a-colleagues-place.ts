import { ana, ben, DPIA, mallory, SIGNERS } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, sign } from '../support/attack.ts';

/** Ana lists her own key under Ben's name, and a new one, which she has as well, under her own. */
const headSigners = SIGNERS.replace(ben.publicKey, 'HERS')
  .replace(ana.publicKey, mallory.publicKey)
  .replace('HERS', ana.publicKey);

export const attack: Attack = {
  code: 'approver-mismatch',
  recipe: {
    headSigners,
    approvals: [
      sign({ by: { ...ana, sign: mallory.sign }, predicate: { role: 'data-science' } }),
      sign({ by: { ...ben, sign: ana.sign }, predicate: { attestations: [DPIA] } }),
    ],
  },
};
