import { type Attack, forgedBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'statement-malformed',
  recipe: forgedBen({
    payload: (bytes) => {
      const at = bytes.indexOf('"comment":""') + '"comment":"'.length;
      return Buffer.concat([bytes.subarray(0, at), Buffer.from([0xff]), bytes.subarray(at)]);
    },
  }),
};
