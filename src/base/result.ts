/**
 * What every room says when something is wrong with its input: one sentence a person can act on,
 * a stable code a program can act on, and, where text was read, the place.
 */
export interface Problem {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'information';
  /** One sentence: what is wrong and what to do. Plain text; may quote untrusted input, so escape it when it is shown. */
  readonly message: string;
  /** The file that the problem is in, as the user named it. */
  readonly file?: string;
  readonly range?: SourceRange;
  /** The text that would put `range` right, when there is one obvious answer. */
  readonly suggestion?: string;
}

/** A stretch of text. Offsets count UTF-16 units from 0; lines and columns count from 1. */
export interface SourceRange {
  readonly offset: number;
  readonly length: number;
  readonly line: number;
  readonly column: number;
}

/** The outcome of something that can go wrong for reasons that are the input's, not the program's. */
export type Result<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: Problem };

/** Parsing never throws: it gives what could be understood, and everything that is wrong with the rest. */
export interface Parsed<Value> {
  readonly value: Value | undefined;
  readonly problems: readonly Problem[];
}

export function succeed<Value>(value: Value): Result<Value> {
  return { ok: true, value };
}

export function fail<Value>(code: string, message: string, where: Partial<Problem> = {}): Result<Value> {
  return { ok: false, problem: { severity: 'error', ...where, code, message } };
}

/** Long work says how far it is; `fraction` is absent where the end is not known. */
export type ReportProgress = (step: { readonly message: string; readonly fraction?: number }) => void;
