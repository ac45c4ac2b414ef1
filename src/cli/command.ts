import type { ParseArgsConfig } from 'node:util';
import type { ExitCode } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

export interface OptionHelp {
  readonly type: 'string' | 'boolean';
  readonly multiple?: true;
  readonly short?: string;
  /** What stands for the value in the help, e.g. `<id>`; empty for a flag. */
  readonly placeholder: string;
  readonly help: string;
}

/** The words of a command line after the command's name, sorted by option. */
export interface CommandInput {
  readonly text: (option: string) => string | undefined;
  readonly texts: (option: string) => readonly string[];
  readonly flag: (option: string) => boolean;
  readonly positionals: readonly string[];
}

export interface CommandContext {
  readonly terminal: Terminal;
  /** Ends long work when the person presses Ctrl-C. */
  readonly signal: AbortSignal;
  readonly folder: string;
}

/** One subcommand of `signoff`: its help and what it does. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** What may follow the options, e.g. `<file>`; empty when nothing may. */
  readonly operands: string;
  readonly options: Readonly<Record<string, OptionHelp>>;
  readonly run: (input: CommandInput, context: CommandContext) => Promise<ExitCode>;
}

/** The options as `node:util`'s parser wants them, `--help` included. */
export function parserOptions(command: Command): NonNullable<ParseArgsConfig['options']> {
  const options: NonNullable<ParseArgsConfig['options']> = { help: { type: 'boolean', short: 'h' } };
  for (const [name, { type, multiple, short }] of Object.entries(command.options)) {
    options[name] = {
      type,
      ...(multiple === undefined ? {} : { multiple }),
      ...(short === undefined ? {} : { short }),
    };
  }
  return options;
}

export function commandInput(values: Readonly<Record<string, unknown>>, positionals: readonly string[]): CommandInput {
  return {
    text: (option) => {
      const value = values[option];
      return typeof value === 'string' ? value : undefined;
    },
    texts: (option) => {
      const value = values[option];
      return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [];
    },
    flag: (option) => values[option] === true,
    positionals,
  };
}
