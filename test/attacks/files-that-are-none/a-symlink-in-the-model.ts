import { renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type Attack, goodAna, goodBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'model-unreadable',
  recipe: {
    approvals: [goodAna, goodBen],
    afterwards: (folder) => {
      renameSync(join(folder, 'model/model.pkl'), join(folder, 'weights'));
      symlinkSync('../weights', join(folder, 'model/model.pkl'));
    },
  },
};
