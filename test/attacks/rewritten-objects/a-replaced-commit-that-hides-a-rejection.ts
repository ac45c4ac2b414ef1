import { eve } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, goodAna, goodBen, reject } from '../support/attack.ts';
import { git } from '../support/git.ts';

const rejection = reject(eve);

export const attack: Attack = {
  code: 'rejected',
  recipe: {
    approvals: [goodAna, goodBen, rejection],
    afterwards: (folder) => {
      git(folder, 'read-tree', 'HEAD');
      git(folder, 'rm', '--quiet', '--cached', rejection.path);
      const without = git(folder, 'commit-tree', '-m', 'x', '-p', 'HEAD~1', git(folder, 'write-tree'));
      git(folder, 'replace', 'HEAD', without);
    },
  },
};
