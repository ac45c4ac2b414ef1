import { DPIA, mallory, SIGNERS } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, goodAna, sign } from '../support/attack.ts';

export const attack: Attack = {
  code: 'signer-unknown',
  recipe: {
    headSigners: `${SIGNERS}${mallory.line}\n`,
    approvals: [goodAna, sign({ by: mallory, predicate: { role: 'risk', attestations: [DPIA] } })],
  },
};
