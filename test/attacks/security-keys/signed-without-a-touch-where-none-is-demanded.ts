import { DPIA, SIGNERS } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, goodAna, sign } from '../support/attack.ts';
import { bensUntouchedKey } from '../support/security-keys.ts';

export const attack: Attack = {
  code: 'user-presence-missing',
  recipe: {
    signers: `${SIGNERS}\n${bensUntouchedKey.line}\n`,
    approvals: [goodAna, sign({ by: bensUntouchedKey, predicate: { attestations: [DPIA] } })],
  },
};
