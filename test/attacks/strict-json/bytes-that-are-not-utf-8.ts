import { type Attack, forgedBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'statement-malformed',
  recipe: forgedBen({
    payload: (bytes) => Buffer.concat([bytes.subarray(0, -2), Buffer.from([0x22, 0xff, 0x22]), bytes.subarray(-2)]),
  }),
};
