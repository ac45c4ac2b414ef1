import type { Attack } from '../support/attack.ts';

export const attack: Attack = {
  code: 'no-approval',
  recipe: { approvals: [] },
};
