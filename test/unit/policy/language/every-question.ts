import assert from 'node:assert/strict';
import { type QuestionName, questions, type Subject } from '../../../../src/extension/language/questions.ts';
import { diagnose } from '../../../../src/policy/language/diagnostics.ts';
import type { TextRange } from '../../../../src/policy/language/policy-document.ts';
import { EXAMPLE } from '../example.ts';
import { documentOf, knowing, outcome } from './marked.ts';

/** Facts that have something to say about the example, whatever a mutation left of it. */
const KNOWN = knowing(
  {
    policyText: EXAMPLE,
    outcomes: [
      outcome('auc', { status: 'fail', value: 0.7, interval: [0.6, 0.75], rows: 10, bound: { min: 0.8 } }),
      outcome('drift', { status: 'not_evaluable' }),
      outcome('parity', { status: 'uncertain', value: 0.05, interval: [-0.01, 0.11], bound: { max_abs: 0.1 } }),
    ],
  },
  { trusted: { branch: 'main', policyText: EXAMPLE } },
);

const NAMES = Object.keys(questions) as readonly QuestionName[];
/** Whose answer depends on where a person is; the others are asked once for each text. */
const ASKED_AT_A_PLACE: ReadonlySet<QuestionName> = new Set([
  ...(['completion', 'hover', 'codeActions', 'definition', 'references'] as const),
]);

/**
 * Asks everything at each offset, and holds what is true of every answer: no exception, ranges lie inside the text, and
 * edits that belong together don't overlap.
 */
export function askEverything(text: string, offsets: readonly number[], known = KNOWN): void {
  const document = documentOf(text);
  const diagnostics = diagnose(document, known);
  for (const [index, offset] of offsets.entries()) {
    const names = index === 0 ? NAMES : ASKED_AT_A_PLACE;
    for (const name of names) ask(name, { text, document, diagnostics, known }, offset);
  }
}

export function askOf(name: QuestionName, text: string, offset: number): void {
  const document = documentOf(text);
  ask(name, { text, document, diagnostics: diagnose(document, KNOWN), known: KNOWN }, offset);
}

function ask(name: QuestionName, subject: Subject, offset: number): void {
  const { text } = subject;
  const question = questions[name] as (subject: Subject, input: unknown) => unknown;
  const answer = question(subject, inputFor(name, offset, text));
  for (const { offset: start, length } of rangesIn(answer)) {
    assert.ok(start >= 0 && length >= 0 && start + length <= text.length, `${name} at ${offset}: ${start}+${length}`);
  }
  const together = name === 'formatting' ? [answer as readonly TextRange[]] : editsIn(answer);
  // VS Code refuses all of them where two overlap.
  for (const edits of together) {
    const ordered = edits.toSorted((one, other) => one.offset - other.offset);
    for (const [index, { offset: start, length }] of ordered.entries()) {
      const next = ordered[index + 1];
      assert.ok(next === undefined || start + length <= next.offset, `${name} at ${offset}: overlapping edits`);
    }
  }
}

function inputFor(name: QuestionName, offset: number, text: string): unknown {
  switch (name) {
    case 'completion':
    case 'hover':
      return { offset, neighbour: 'none' };
    case 'references':
      return { offset, declaration: 'with the declaration' };
    case 'inlayValues':
      return { offset: 0, length: text.length };
    case 'codeActions':
      return { offset, length: 0 };
    case 'checksOfLogged':
      return 'val_loss';
    default:
      return offset;
  }
}

/** Every `{ offset, length }` and `{ offset }` in an answer. */
function rangesIn(value: unknown): readonly TextRange[] {
  if (typeof value !== 'object' || value === null) return [];
  const { offset, length } = value as Partial<TextRange>;
  const own = typeof offset === 'number' ? [{ offset, length: length ?? 0 }] : [];
  return [...own, ...Object.values(value).flatMap(rangesIn)];
}

/** Every list under the name `edits` in an answer. */
function editsIn(value: unknown): readonly (readonly TextRange[])[] {
  if (typeof value !== 'object' || value === null) return [];
  const { edits } = value as { readonly edits?: unknown };
  const own = Array.isArray(edits) ? [edits as readonly TextRange[]] : [];
  return [...own, ...Object.values(value).flatMap(editsIn)];
}
