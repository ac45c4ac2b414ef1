import { type Attack, goodAna } from '../support/attack.ts';

export const attack: Attack = {
  code: 'file-name-mismatch',
  recipe: { approvals: [goodAna, { ...goodAna, path: goodAna.path.replace('data-science', 'risk') }] },
};
