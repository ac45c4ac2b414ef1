import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { checkAt, mapAt } from '../sketch.ts';
import { standingOf } from '../standing.ts';
import { pathAround } from '../tree.ts';
import type { ActionContext, CodeAction } from './code-action.ts';

/** For a check that does not hold, what a person may do about it without changing the policy: sign for it. */
export function settleActions(context: ActionContext, here: readonly Diagnostic[]): readonly CodeAction[] {
  const { document, known, range } = context;
  const [room, id] = pathAround(document, range.offset);
  if (room !== 'checks' || id === undefined) return [];
  const check = String(id);
  const standing = standingOf(document, known, check);
  // A waiver is for what the engine said, not for what the text might come to say.
  if (standing?.by !== 'assessed' || standing.outcome.severity !== 'required') return [];
  const { status } = standing.outcome;
  const remark = here.find(({ origin }) => origin === 'outcome');
  const start = (flow: 'waive' | 'accept' | 'attest', title: string): CodeAction => ({
    ...{ title, kind: 'fix', edits: [], start: { flow, check }, preference: 'offered' },
    ...(remark === undefined ? {} : { fixes: remark }),
  });
  const mayWaive = mapAt(document.plain, ['signoff', 'waivers']) !== undefined;
  const waive = mayWaive ? [start('waive', `Waive "${check}" and sign off…`)] : [];
  switch (status) {
    case 'uncertain':
      return [start('accept', `Accept "${check}" and sign off…`), ...waive];
    case 'fail':
    case 'not_evaluable':
      return waive;
    case 'pending':
      return checkAt(document.plain, check)?.['check'] === 'attestation'
        ? [start('attest', `Attest "${check}" and sign off…`)]
        : [];
    default:
      return [];
  }
}
