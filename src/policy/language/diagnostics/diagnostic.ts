import type { Problem } from '../../../base/result.ts';
import type { ProblemOrigin } from '../../parse.ts';
import type { TextRange } from '../policy-document.ts';

/** One remark about a policy's text. */
export interface Diagnostic extends Pick<Problem, 'code' | 'severity' | 'message' | 'suggestion'> {
  readonly range: TextRange;
  /** What it comes from: `facts` and `outcome` are about the world, the others about the text alone. */
  readonly origin: ProblemOrigin | 'facts' | 'outcome';
  readonly related?: readonly Related[];
}

/** Another place that explains a remark: in the same text, or a file, at its start where no line is known. */
export interface Related {
  readonly message: string;
  readonly at: { readonly range: TextRange } | { readonly file: string; readonly line?: number };
}

/** By place; of those at one place, errors first. */
export function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.toSorted((one, other) => one.range.offset - other.range.offset || weight(one) - weight(other));
}

function weight({ severity }: Diagnostic): number {
  return severity === 'error' ? 0 : severity === 'warning' ? 1 : 2;
}
