import type { Result } from '../../base/result.ts';
import type { RingRecord } from '../../pipeline/ring-book.ts';
import type { ServerCredentials } from '../credentials/server-credentials.ts';
import type { Engine } from '../engine-client.ts';
import type { COMMANDS } from '../ids.ts';
import type { Panels } from '../panels/panels.ts';
import type { Prompts } from '../prompts/prompts.ts';
import type { CheckedRuns } from '../state/checked-runs.ts';
import type { SignoffState } from '../state/signoff-state.ts';
import type { ViewChoices } from '../views/view-choices.ts';

/** What the editor does for commands, behind an interface so that commands import no `vscode`. */
export interface Editor {
  /** Opens a file and, where a place is given, selects it. */
  openFile(path: string, place?: { readonly offset: number; readonly length: number }): Promise<void>;
  /** Opens a file in whatever shows its kind, also where it is no text. */
  openInViewer(path: string): Promise<void>;
  /**
   * Opens a text that has no file yet, under the name that it would get; where a file or another draft has that name, under
   * a free one, and beside the file. Resolves to the absolute path that it got.
   */
  openDraft(path: string, text: string): Promise<string>;
  /** Shows a text that nobody can change, until it is closed by the person or by `close`. */
  openReadOnly(title: string, text: string): Promise<{ close(): Promise<void> }>;
  showView(view: string): Promise<void>;
  /** Shows a folder among the others: in the explorer where the workspace holds it, else in the system's own. */
  revealFolder(path: string): Promise<void>;
  /** The file that a person has before them; undefined where it is none on disk. */
  activeFile(): string | undefined;
  /** A file as the editor has it, unsaved changes included. */
  readText(path: string): Promise<string>;
  /** Opens an http(s) address in the browser. */
  openExternal(url: string): Promise<void>;
  runCommand(id: (typeof COMMANDS)[keyof typeof COMMANDS]): Promise<void>;
  showLog(): void;
  setting<Value>(name: string): Value | undefined;
  folders(): readonly string[];
  trust(): 'trusted' | 'untrusted';
}

/** Everything that a command may use. Made once, by hand, in `extension.ts`. */
export interface Services {
  readonly state: SignoffState;
  readonly engine: Engine;
  readonly prompts: Prompts;
  readonly panels: Panels;
  readonly editor: Editor;
  /** What is remembered of runs that were checked. */
  readonly checkedRuns: Pick<CheckedRuns, 'current' | 'remember'>;
  /** How a person wants the views. */
  readonly choices: ViewChoices;
  readonly checklist: { reveal(id: string): Promise<void> };
  /** What was told to pipelines from here, newest first; `look` asks how far that is now. */
  readonly pipelines: { look(): void; readonly records: readonly RingRecord[] };
  readonly credentials: Pick<ServerCredentials, 'set' | 'forget' | 'origins' | 'settle' | 'maySend'>;
  readonly log: { error(message: string): void; info(message: string): void };
  readonly now: () => number;
}

/**
 * One command. It returns what it achieved, or the problem that kept it from that; telling the person is
 * the caller's business, in one place, so that no command can forget it.
 */
export interface Command {
  readonly id: string;
  /** `selection` are all the nodes where it was called on several. */
  run(services: Services, argument: unknown, selection?: unknown): Promise<CommandResult>;
}

/** `undefined` where the person simply stopped. */
export type CommandResult = Result<unknown> | undefined;

/** The argument's text where a view passed one; commands from the palette have none. */
export function textArgument(argument: unknown): string | undefined {
  return typeof argument === 'string' ? argument : undefined;
}
