import type { Credential } from '../base/http-credential.ts';
import type { Result } from '../base/result.ts';
import type { EngineOperations, OperationName } from './engine/operations.ts';

/**
 * What crosses between the extension host and its worker thread. Everything is plain data that the structured clone
 * carries; the work itself, and everything that can block or crash, stays on the worker's side.
 */
export type Input<Name extends OperationName> = Parameters<EngineOperations[Name]>[0];
export type Output<Name extends OperationName> =
  Awaited<ReturnType<EngineOperations[Name]>> extends Result<infer Value> ? Value : never;

/** What the thread knows from its beginning. */
export interface EngineData {
  /** Where looks are kept between sessions; undefined where no folder is open. */
  readonly lookFolder?: string | undefined;
  /** The editor's texts by their English; undefined where it speaks English. */
  readonly texts?: Readonly<Record<string, string>> | undefined;
}

export interface Request<Name extends OperationName = OperationName> {
  readonly kind: 'request';
  readonly id: number;
  readonly operation: Name;
  readonly input: Input<Name>;
}

export type ToWorker =
  | Request
  | { readonly kind: 'cancel'; readonly id: number }
  /** Undefined where the editor has none, or may not give it. */
  | { readonly kind: 'credential'; readonly id: number; readonly credential: Credential | undefined };

export type FromWorker =
  | {
      readonly kind: 'progress';
      readonly id: number;
      readonly step: { readonly message: string; readonly fraction?: number };
    }
  | { readonly kind: 'reply'; readonly id: number; readonly result: Result<unknown> }
  /** The engine needs what proves to a server who asks; `id` counts these questions by themselves. */
  | { readonly kind: 'ask-credential'; readonly id: number; readonly origin: string }
  /** A mistake of the program's that spoils no answer: it goes to the log. */
  | { readonly kind: 'log'; readonly id: number; readonly message: string; readonly stack: string | undefined }
  /** The program's mistake, not the input's: it goes to the log with its stack. */
  | { readonly kind: 'fault'; readonly id: number; readonly message: string; readonly stack: string | undefined };
