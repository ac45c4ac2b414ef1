import { type Attack, bothSay } from '../support/attack.ts';

export const attack: Attack = {
  code: 'policy-changed',
  recipe: bothSay({ policy: { sha256: '0'.repeat(64) } }),
};
