import assert from 'node:assert/strict';
import { type QuestionName, questions, type Subject } from '../../../../src/extension/language/questions.ts';
import { diagnose } from '../../../../src/policy/language/diagnostics.ts';
import { applyEdits } from '../../../../src/policy/language/format.ts';
import type { PolicyDocument, TextRange } from '../../../../src/policy/language/policy-document.ts';
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

/** Asks everything at each offset, and holds what is true of every answer: no exception, and ranges lie inside the text. */
export function askEverything(text: string, offsets: readonly number[]): void {
  const document = documentOf(text);
  const diagnostics = diagnose(document, KNOWN);
  for (const offset of offsets) for (const name of NAMES) askOf(name, text, offset, document, diagnostics);
}

export function askOf(
  name: QuestionName,
  text: string,
  offset: number,
  document: PolicyDocument = documentOf(text),
  diagnostics = diagnose(document, KNOWN),
): void {
  const question = questions[name] as (subject: Subject, input: unknown) => unknown;
  const answer = question({ text, document, diagnostics, known: KNOWN }, inputFor(name, offset, text));
  for (const { offset: start, length } of rangesIn(answer)) {
    assert.ok(start >= 0 && length >= 0 && start + length <= text.length, `${name} at ${offset}: ${start}+${length}`);
  }
  if (name === 'formatting') applyEdits(text, answer as Parameters<typeof applyEdits>[1]);
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
