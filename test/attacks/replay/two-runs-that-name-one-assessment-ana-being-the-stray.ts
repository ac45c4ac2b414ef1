import { ana, ben } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, sign } from '../support/attack.ts';

export const attack: Attack = {
  code: 'approvals-disagree',
  recipe: {
    approvals: [ana, ben].map((by) => sign({ by, predicate: by === ana ? { run: 'run-2' } : {} })),
    question: { run: undefined },
  },
};
