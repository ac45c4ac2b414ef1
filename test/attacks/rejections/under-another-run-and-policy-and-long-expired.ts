import { eve } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, goodAna, goodBen, reject } from '../support/attack.ts';

export const attack: Attack = {
  code: 'rejected',
  recipe: {
    approvals: [
      goodAna,
      goodBen,
      reject(eve, {
        run: 'run-0',
        policy: { sha256: '0'.repeat(64) },
        issued: '2020-01-01T00:00:00Z',
        expires: '2020-02-01T00:00:00Z',
      }),
    ],
  },
};
