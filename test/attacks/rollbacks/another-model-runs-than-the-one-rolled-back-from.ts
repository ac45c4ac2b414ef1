import { type Attack, rolledBack } from '../support/attack.ts';

export const attack: Attack = {
  code: 'live-differs',
  recipe: rolledBack(undefined, { question: { live: 'f'.repeat(64) } }),
};
