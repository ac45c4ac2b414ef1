import { type Attack, goodAna, goodBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'signers-invalid',
  recipe: { signers: 'ana@acme.example everything is fine\n', approvals: [goodAna, goodBen] },
};
