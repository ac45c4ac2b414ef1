import { type ActionContext, type CodeAction, overlaps } from './actions/code-action.ts';
import { fixesFor } from './actions/fixes.ts';
import { newCheckActions } from './actions/new-check.ts';
import { tightenActions } from './actions/set-bound.ts';
import { settleActions } from './actions/settle.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import type { Known } from './known.ts';
import type { PolicyDocument, TextRange } from './policy-document.ts';

/** What can be done about the text in `range`. `diagnostics` are those of this very text. */
export function codeActions(
  document: PolicyDocument,
  known: Known,
  range: TextRange,
  diagnostics: readonly Diagnostic[],
): readonly CodeAction[] {
  const context: ActionContext = { document, known, range };
  const here = diagnostics.filter((each) => overlaps(each.range, range));
  return [
    ...here.flatMap((diagnostic) => fixesFor(diagnostic, context)),
    ...settleActions(context, here),
    ...tightenActions(context, here),
    ...newCheckActions(context),
  ];
}
