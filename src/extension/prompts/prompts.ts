import type { ReportProgress } from '../../base/result.ts';

/**
 * Everything this extension ever asks or tells a person goes through here, for two reasons: a test can answer
 * (inside tests VS Code refuses modals and leaves quick picks open for ever), and untrusted text is made harmless in one place.
 * All text handed in is plain.
 */
export interface Prompts {
  /** One of several. */
  pickOne<Value>(request: PickRequest<Value>): Promise<Answer<Value>>;
  /** Any number of several, none included. */
  pickMany<Value>(request: PickRequest<Value>): Promise<Answer<readonly Value[]>>;
  /** A line of text. */
  ask(request: TextRequest): Promise<Answer<string>>;
  /** Where a new file goes; the editor asks before another is overwritten. Resolves to an absolute path. */
  saveAs(request: SaveRequest): Promise<Answer<string>>;
  /** The one modal. */
  confirm(request: ConfirmRequest): Promise<'agreed' | 'wants-details' | 'declined'>;
  /** A notification; resolves to the action that was chosen. */
  notify(notice: Notice): Promise<string | undefined>;
  /** Runs `work` with its progress shown in our view and, where it may be stopped, a way to stop it. */
  withProgress<Value>(
    title: string,
    work: (report: ReportProgress, signal: AbortSignal) => Promise<Value>,
  ): Promise<Value>;
}

export type Answer<Value> =
  | { readonly kind: 'given'; readonly value: Value }
  | { readonly kind: 'back' }
  | { readonly kind: 'cancelled' };

/** Where a prompt stands in a longer flow; `back` says whether there is a step before it. */
export interface Place {
  readonly step: number;
  readonly of: number;
  readonly back: 'offered' | 'none';
}

export interface Choice<Value> {
  readonly value: Value;
  readonly label: string;
  /** A codicon's name. */
  readonly icon?: string;
  readonly description?: string;
  readonly detail?: string;
  /** Choices with one heading stand together under it. */
  readonly heading?: string;
  readonly chosen?: boolean;
  /** Why it can't be chosen, though it is shown: said when somebody tries. Only for one of several. */
  readonly refusal?: string;
}

export interface PickRequest<Value> {
  readonly title: string;
  readonly placeholder: string;
  readonly choices: readonly Choice<Value>[];
  readonly place?: Place;
}

export interface TextRequest {
  readonly title: string;
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value?: string;
  readonly place?: Place;
  /** `as dots` for secrets. */
  readonly shown?: 'as text' | 'as dots';
  /** A sentence when the text will not do. */
  readonly check?: (text: string) => string | undefined;
}

export interface SaveRequest {
  readonly title: string;
  /** Absolute; where the person is offered to save. */
  readonly path: string;
  readonly kind: { readonly label: string; readonly extension: string };
}

export interface ConfirmRequest {
  readonly question: string;
  /** A modal does not scroll, so these lines must be few. */
  readonly detail: readonly string[];
  readonly action: string;
  /** The button for who wants to read more than fits, where there is more. */
  readonly details?: string;
}

export interface Notice {
  readonly level: 'information' | 'warning' | 'error';
  readonly message: string;
  readonly actions?: readonly string[];
}
