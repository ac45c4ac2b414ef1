import { type Attack, bothSay } from '../support/attack.ts';

export const attack: Attack = {
  code: 'run-differs',
  recipe: bothSay({ run: 'run-2' }),
};
