import { type Attack, forgedBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'approval-expired',
  recipe: forgedBen({ predicate: { issued: '2026-03-01T00:00:00Z', expires: '2026-05-01T00:00:00Z' } }),
};
