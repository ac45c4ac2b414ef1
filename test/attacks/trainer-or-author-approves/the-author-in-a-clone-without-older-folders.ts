import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ben } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, goodAna, goodBen } from '../support/attack.ts';
import { git, unpack } from '../support/git.ts';

/** As in a clone with --filter=tree:0: a folder of the commit before is not here, so git can't compare. */
export const attack: Attack = {
  code: 'history-missing',
  recipe: {
    approvals: [goodAna, goodBen],
    author: `Ben <${ben.name}>`,
    afterwards: (folder) => {
      unpack(folder);
      const older = git(folder, 'rev-parse', 'HEAD:model');
      const before = git(folder, 'commit-tree', older, '-p', 'HEAD', '-m', 'Before');
      const head = git(folder, 'commit-tree', 'HEAD^{tree}', '-p', before, '-m', 'Now');
      writeFileSync(join(folder, '.git/refs/heads/main'), `${head}\n`);
      rmSync(join(folder, '.git/objects', older.slice(0, 2), older.slice(2)));
    },
  },
};
