import { type Attack, bothSay } from '../support/attack.ts';

export const attack: Attack = {
  code: 'no-approval',
  recipe: bothSay({ environment: 'staging' }),
};
