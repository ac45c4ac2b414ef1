import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Attack, goodAna, goodBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'work-tree-differs',
  recipe: {
    approvals: [goodAna, goodBen],
    afterwards: (folder) => {
      mkdirSync(dirname(join(folder, goodBen.path)), { recursive: true });
      writeFileSync(join(folder, goodBen.path), '{}');
    },
  },
};
