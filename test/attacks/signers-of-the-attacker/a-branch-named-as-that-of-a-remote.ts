import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ben, DPIA, mallory, SIGNERS } from '../../unit/approval/support/sign-off-case.ts';
import { type Attack, goodAna, sign } from '../support/attack.ts';

const asBen = { ...mallory, name: ben.name };

/** The pipeline has checked out the attacker's branch, and has not fetched the remote's main branch. */
export const attack: Attack = {
  code: 'anchor-ambiguous',
  recipe: {
    headSigners: SIGNERS.replace(ben.line, mallory.line.replace(mallory.name, ben.name)),
    approvals: [goodAna, sign({ by: asBen, predicate: { role: 'risk', attestations: [DPIA] } })],
    question: { anchor: { trustedRef: 'origin/main' } },
    afterwards: (folder) => {
      mkdirSync(join(folder, '.git/refs/heads/origin'));
      copyFileSync(join(folder, '.git/refs/heads/main'), join(folder, '.git/refs/heads/origin/main'));
    },
  },
};
