import type { PolicyFacts } from '../../policy/language/facts.ts';
import type { QuestionName, Questions } from './questions.ts';

/**
 * What crosses between the extension host and the thread that understands policies: a small one of its own, since the
 * engine's may be busy for seconds. Texts and facts are told; answers are asked for, about one version of a text.
 */
export type QuestionInput<Name extends QuestionName> = Parameters<Questions[Name]>[1];
export type Answer<Name extends QuestionName> = ReturnType<Questions[Name]>;

export interface Ask<Name extends QuestionName = QuestionName> {
  readonly kind: 'ask';
  readonly id: number;
  readonly uri: string;
  readonly version: number;
  readonly question: Name;
  readonly input: QuestionInput<Name>;
}

export type ToLanguage =
  | { readonly kind: 'text'; readonly uri: string; readonly version: number; readonly text: string }
  | { readonly kind: 'closed'; readonly uri: string }
  | { readonly kind: 'facts'; readonly uri: string; readonly facts: PolicyFacts }
  | { readonly kind: 'drop'; readonly id: number }
  | Ask;

export type FromLanguage =
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  /** The text has moved on, or nobody waits any more. */
  | { readonly kind: 'superseded'; readonly id: number }
  /** The program's mistake: it goes to the log. */
  | { readonly kind: 'fault'; readonly id: number; readonly message: string; readonly stack: string | undefined };
