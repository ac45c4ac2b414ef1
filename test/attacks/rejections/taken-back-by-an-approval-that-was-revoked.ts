import { eve } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, goodAna, goodBen, liftedByEve, reject, revoke } from '../support/attack.ts';

const rejection = reject(eve);
const lifting = liftedByEve(rejection);

export const attack: Attack = {
  code: 'rejected',
  recipe: { approvals: [goodAna, goodBen, rejection, lifting, revoke(eve, lifting)] },
};
