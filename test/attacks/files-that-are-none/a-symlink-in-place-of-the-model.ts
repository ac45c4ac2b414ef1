import { renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type Attack, goodAna, goodBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'model-unreadable',
  recipe: {
    approvals: [goodAna, goodBen],
    afterwards: (folder) => {
      renameSync(join(folder, 'model'), join(folder, 'elsewhere'));
      symlinkSync('elsewhere', join(folder, 'model'));
    },
  },
};
