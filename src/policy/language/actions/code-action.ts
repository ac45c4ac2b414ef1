import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Known } from '../known.ts';
import type { PolicyDocument, TextRange } from '../policy-document.ts';
import type { TextEdit } from '../text-edits.ts';

export interface CodeAction {
  readonly title: string;
  readonly kind: 'fix' | 'rewrite';
  readonly edits: readonly TextEdit[];
  /** What a person starts instead of a change of the text. */
  readonly start?: { readonly flow: 'waive' | 'accept' | 'attest'; readonly check: string };
  /** The remark that it answers. */
  readonly fixes?: Diagnostic;
  /** The one that a person most probably wants. */
  readonly preference: 'preferred' | 'offered';
}

export interface ActionContext {
  readonly document: PolicyDocument;
  readonly known: Known;
  /** Where the person is. */
  readonly range: TextRange;
}

/** Whether two stretches touch. */
export function overlaps(one: TextRange, other: TextRange): boolean {
  return one.offset <= other.offset + other.length && other.offset <= one.offset + one.length;
}
