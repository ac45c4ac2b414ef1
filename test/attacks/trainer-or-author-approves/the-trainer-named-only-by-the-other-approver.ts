import { ana } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, goodBen, sign } from '../support/attack.ts';

export const attack: Attack = {
  code: 'not-separate',
  recipe: { approvals: [sign({ by: ana, predicate: { trained_by: ['benny'] } }), goodBen] },
};
