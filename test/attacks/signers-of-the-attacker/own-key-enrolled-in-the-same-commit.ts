import { ben, DPIA, mallory, SIGNERS } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, goodAna, sign } from '../support/attack.ts';

/** Mallory's key under Ben's name. */
const enrolled = mallory.line.replace(mallory.name, ben.name);

export const attack: Attack = {
  code: 'signer-unknown',
  recipe: {
    headSigners: SIGNERS.replace(ben.line, enrolled),
    approvals: [goodAna, sign({ by: mallory, predicate: { role: 'risk', approver: ben.name, attestations: [DPIA] } })],
  },
};
