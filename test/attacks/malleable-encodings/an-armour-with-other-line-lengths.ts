import { type Attack, forgedBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'signature-malformed',
  recipe: forgedBen({
    armoured: (text) =>
      text.replace(/([A-Za-z0-9+/]{70})\n/, (_, line: string) => `${line.slice(0, 60)}\n${line.slice(60)}\n`),
  }),
};
