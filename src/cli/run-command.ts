import { parseArgs } from 'node:util';
import { escapeForTerminal } from '../base/text.ts';
import { type Command, commandInput, parserOptions } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { helpOf } from './help.ts';
import { processTerminal, type Terminal } from './terminal.ts';

/**
 * Does the work of a process. Every way to end is an exit code: what the person asked wrongly, and what broke inside,
 * both are 2, so that no pipeline ever takes a crash for a yes.
 */
export async function answerWith(
  work: (terminal: Terminal, signal: AbortSignal) => Promise<ExitCode>,
): Promise<ExitCode> {
  const terminal = processTerminal();
  const interrupted = new AbortController();
  const onInterrupt = (): void => interrupted.abort();
  process.once('SIGINT', onInterrupt);
  try {
    return await work(terminal, interrupted.signal);
  } catch (error) {
    terminal.endProgress();
    if (interrupted.signal.aborted) {
      terminal.note('Stopped.\n');
      return EXIT.cannotAsk;
    }
    terminal.note(`${escapeForTerminal(error instanceof Error ? error.message : String(error))}\n`);
    if (process.env['MODEL_SIGNOFF_DEBUG'] !== undefined && error instanceof Error)
      terminal.note(`${error.stack ?? ''}\n`);
    return EXIT.cannotAsk;
  } finally {
    terminal.endProgress();
    process.removeListener('SIGINT', onInterrupt);
  }
}

/** What the parser of `node:util` gives, as far as it is looked at. */
interface ParsedWords {
  readonly values: Readonly<Record<string, unknown>>;
  readonly positionals: readonly string[];
  readonly tokens: readonly Token[];
}

type Token = { readonly kind: string; readonly name?: string };

/** Sorts the words that follow a command's name, and runs it. Words that it does not know are 2. */
export async function runCommand(
  command: Command,
  words: readonly string[],
  terminal: Terminal,
  signal: AbortSignal,
): Promise<ExitCode> {
  let parsed: ParsedWords;
  try {
    parsed = parseArgs({
      args: [...words],
      options: parserOptions(command),
      allowPositionals: command.operands !== '',
      strict: true,
      tokens: true,
    });
  } catch (error) {
    terminal.note(`${escapeForTerminal(firstSentence(error))} signoff ${command.name} --help lists the options.\n`);
    return EXIT.cannotAsk;
  }
  const repeated = repeatedOption(command, parsed.tokens);
  if (repeated !== undefined) {
    terminal.note(`--${repeated} stands twice, and only one can be meant.\n`);
    return EXIT.cannotAsk;
  }
  const empty = emptyOption(parsed.values);
  if (empty !== undefined) {
    terminal.note(`--${empty} is empty; give it a value, or leave it out.\n`);
    return EXIT.cannotAsk;
  }
  if (parsed.values['help'] === true) {
    terminal.print(helpOf(command));
    return EXIT.yes;
  }
  return command.run(commandInput(parsed.values, parsed.positionals), { terminal, signal, folder: process.cwd() });
}

/** An option given twice has one value that would silently not count, which for an anchor could be the safe one. */
function repeatedOption(command: Command, tokens: readonly Token[]): string | undefined {
  const names = tokens.flatMap(({ kind, name }) => (kind === 'option' && name !== undefined ? [name] : []));
  return names.find((name, index) => names.indexOf(name) !== index && command.options[name]?.multiple !== true);
}

/** An empty path would be the folder that the command runs in: what a variable of a pipeline comes to that nobody set. */
function emptyOption(values: ParsedWords['values']): string | undefined {
  return Object.keys(values).find((name) => name !== 'comment' && [values[name]].flat().includes(''));
}

function firstSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const [first = message] = message.split(/(?<=\.) /u);
  return first.endsWith('.') ? first : `${first}.`;
}
