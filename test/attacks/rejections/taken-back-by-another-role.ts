import { ana, eve } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, goodBen, reject, sign } from '../support/attack.ts';

const rejection = reject(eve);

export const attack: Attack = {
  code: 'rejected',
  recipe: { approvals: [sign({ by: ana, predicate: { supersedes: [rejection.id] } }), goodBen, rejection] },
};
