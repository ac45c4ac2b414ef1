import type { LoadRun } from '../../../src/approval/model-under-judgement.ts';
import { ana } from '../../unit/approval/support/sign-off-case.ts';
import { runOf } from '../support/ask.ts';
import { type Attack, goodAna, goodBen, sign } from '../support/attack.ts';

/** Somebody else trained the run that the stray statement names. */
const loadRun: LoadRun = async (_policy, _folder, id) => ({
  ok: true,
  value: runOf(id, id === 'run-1' ? ana.name : 'dan'),
});

/** A word of Ana's about another run with the same files, whose id comes before those of the approvals. */
function stray() {
  for (let attempt = 0; ; attempt++) {
    const said = sign({ by: ana, predicate: { run: 'run-2', comment: `${attempt}` } });
    if (said.id < goodAna.id && said.id < goodBen.id) return said;
  }
}

export const attack: Attack = {
  code: 'not-separate',
  recipe: { approvals: [goodAna, goodBen, stray()], question: { run: undefined, loadRun } },
};
