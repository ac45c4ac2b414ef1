import { MOST_PROBLEMS } from '../schema-problems.ts';
import { type Diagnostic, inOrder } from './diagnostics/diagnostic.ts';
import { nameDiagnostics } from './diagnostics/names.ts';
import { outcomeDiagnostics } from './diagnostics/outcomes.ts';
import { relatedPlaces } from './diagnostics/related-places.ts';
import { signerDiagnostics } from './diagnostics/signers.ts';
import { weakerDiagnostics } from './diagnostics/weaker.ts';
import type { Known } from './known.ts';
import type { PolicyDocument } from './policy-document.ts';

/**
 * Everything that is to be said of a policy's text, in its order: what the policy language itself finds, what the facts
 * add to it, and what the checks say of the model. Ranges lie inside the text, whatever it is.
 */
export function diagnose(document: PolicyDocument, known: Known): readonly Diagnostic[] {
  const own = document.examined.problems.map(({ problem, origin }): Diagnostic => {
    const { code, severity, message, suggestion, range } = problem;
    const related = relatedPlaces(document, problem);
    return {
      ...{ code, severity, message, origin },
      range: { offset: range?.offset ?? 0, length: range?.length ?? 0 },
      ...(suggestion === undefined ? {} : { suggestion }),
      ...(related.length === 0 ? {} : { related }),
    };
  });
  const names = [...nameDiagnostics(document, known), ...signerDiagnostics(document, known)];
  const outcomes = outcomeDiagnostics(document, known, [...own, ...names]);
  const all = [...own, ...names, ...outcomes, ...weakerDiagnostics(document, known)];
  return inOrder(all).slice(0, MOST_PROBLEMS + 1);
}
