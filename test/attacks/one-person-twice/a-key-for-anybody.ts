import { ana, ben, SIGNERS } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, goodAna, sign } from '../support/attack.ts';

export const attack: Attack = {
  code: 'signers-invalid',
  recipe: {
    signers: SIGNERS.replace(ana.name, '*'),
    approvals: [goodAna, sign({ by: { ...ben, sign: ana.sign } })],
  },
};
