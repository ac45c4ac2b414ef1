import { type Attack, assess, edited, goodAna, goodBen, onOther, successors } from '../support/attack.ts';

export const attack: Attack = {
  code: 'superseded',
  recipe: {
    approvals: [goodAna, goodBen, ...successors],
    assessments: [assess(), onOther],
    doctored: (bytes) =>
      Buffer.from(bytes).equals(Buffer.from(onOther)) ? edited('"status": "pass"', '"status": "fail"')(bytes) : bytes,
  },
};
