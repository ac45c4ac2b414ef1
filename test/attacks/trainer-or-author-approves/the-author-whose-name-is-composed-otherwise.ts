import { ana, ben, makeWorld, POLICY } from '../../unit/approval/support/sign-off-case.ts';
import type { Attack } from '../support/attack.ts';

const policy = POLICY.replace('[benny]', `["${'Zoë'.normalize('NFC')}"]`);
const { sign } = makeWorld(policy);

export const attack: Attack = {
  code: 'not-separate',
  recipe: {
    policy,
    approvals: [sign({ by: ana }), sign({ by: ben })],
    author: `${'Zoë'.normalize('NFD')} <someone@elsewhere.example>`,
  },
};
