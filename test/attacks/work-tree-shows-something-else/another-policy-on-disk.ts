import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Attack, goodAna, goodBen } from '../support/attack.ts';

export const attack: Attack = {
  code: 'work-tree-differs',
  recipe: {
    approvals: [goodAna, goodBen],
    afterwards: (folder) => writeFileSync(join(folder, 'signoff.yaml'), 'version: 1\n'),
  },
};
