import { chmodSync, copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { eve } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, goodAna, goodBen, reject } from '../support/attack.ts';
import { git, unpack } from '../support/git.ts';

const rejection = reject(eve);

export const attack: Attack = {
  code: 'object-corrupt',
  recipe: {
    approvals: [goodAna, goodBen, rejection],
    afterwards: (folder) => {
      unpack(folder);
      git(folder, 'read-tree', 'HEAD');
      git(folder, 'rm', '--quiet', '--cached', rejection.path);
      const object = (id: string) => join(folder, '.git/objects', id.slice(0, 2), id.slice(2));
      const [rejected, approved] = [git(folder, 'rev-parse', 'HEAD^{tree}'), git(folder, 'write-tree')];
      chmodSync(object(rejected), 0o644);
      copyFileSync(object(approved), object(rejected));
    },
  },
};
