import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ben, DPIA, mallory, SIGNERS } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, goodAna, sign } from '../support/attack.ts';
import { git } from '../support/git.ts';

/** A tag on the commit in which Mallory's key stands under Ben's name. */
export const attack: Attack = {
  code: 'anchor-not-allowed',
  recipe: {
    headSigners: SIGNERS.replace(ben.line, mallory.line.replace(mallory.name, ben.name)),
    approvals: [goodAna, sign({ by: mallory, predicate: { role: 'risk', approver: ben.name, attestations: [DPIA] } })],
    question: { anchor: { trustedRef: 'refs/tags/v1' } },
    afterwards: (folder) => {
      mkdirSync(join(folder, '.git/refs/tags'));
      writeFileSync(join(folder, '.git/refs/tags/v1'), `${git(folder, 'rev-parse', 'HEAD')}\n`);
    },
  },
};
