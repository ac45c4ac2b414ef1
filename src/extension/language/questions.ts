import type { CodeAction } from '../../policy/language/actions/code-action.ts';
import { codeActions } from '../../policy/language/code-actions.ts';
import { type CompletionNeighbour, completeAt } from '../../policy/language/completion.ts';
import { type Definition, definitionAt } from '../../policy/language/definitions.ts';
import type { Diagnostic } from '../../policy/language/diagnostics/diagnostic.ts';
import { policyFolds } from '../../policy/language/folding.ts';
import { formatPolicy } from '../../policy/language/format.ts';
import { hoverAt, type Neighbour } from '../../policy/language/hover.ts';
import { inlayValues } from '../../policy/language/inlay-values.ts';
import type { Known } from '../../policy/language/known.ts';
import type { PolicyDocument, TextRange } from '../../policy/language/policy-document.ts';
import { checksOfLoggedMetric, referencesAt } from '../../policy/language/references.ts';
import { policySymbols } from '../../policy/language/symbols.ts';

/** What an answer is made from. The document and its diagnostics are worked out once, when they are first asked for. */
export interface Subject {
  readonly text: string;
  readonly document: PolicyDocument;
  readonly diagnostics: readonly Diagnostic[];
  readonly known: Known;
}

/** Everything that an editor may ask about a policy's text: plain data in, plain data out. */
export const questions = {
  diagnostics: ({ diagnostics }: Subject, _: undefined) => diagnostics,
  completion: ({ text, known }: Subject, input: { offset: number; neighbour: CompletionNeighbour }) =>
    completeAt(text, known, input.offset, input.neighbour),
  hover: ({ document, known }: Subject, input: { offset: number; neighbour: Neighbour }) =>
    hoverAt(document, known, input.offset, input.neighbour),
  inlayValues: ({ document, known }: Subject, range: TextRange) => inlayValues(document, known, range),
  codeActions: ({ document, known, diagnostics }: Subject, range: TextRange): readonly CodeAction[] =>
    codeActions(document, known, range, diagnostics),
  symbols: ({ document, known }: Subject, _: undefined) => policySymbols(document, known),
  folds: ({ document }: Subject, _: undefined) => policyFolds(document),
  definition: ({ document, known }: Subject, offset: number): Definition | undefined =>
    definitionAt(document, known, offset),
  references: (
    { document }: Subject,
    input: { offset: number; declaration: 'with the declaration' | 'uses only' },
  ): readonly TextRange[] => referencesAt(document, input.offset, input.declaration),
  checksOfLogged: ({ document }: Subject, name: string) => checksOfLoggedMetric(document, name),
  formatting: ({ text }: Subject, _: undefined) => formatPolicy(text),
} satisfies Record<string, (subject: Subject, input: never) => unknown>;

export type Questions = typeof questions;
export type QuestionName = keyof Questions;
