import { parseArgs } from 'node:util';
import { escapeForTerminal } from '../base/text.ts';
import { TOOL } from '../base/tool.ts';
import { didYouMean } from '../policy/did-you-mean.ts';
import { type Command, commandInput, parserOptions } from './command.ts';
import { COMMANDS, type CommandName } from './commands.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { helpOf, helpOfAll } from './help.ts';
import { processTerminal, type Terminal } from './terminal.ts';

/**
 * Runs one command line, e.g. `['check', '--run', 'abc']`.
 *
 * Every way to end is an exit code: what the person asked wrongly, and what broke inside, both are 2, so that
 * no pipeline ever takes a crash for a yes.
 */
export async function runCommandLine(words: readonly string[]): Promise<ExitCode> {
  const terminal = processTerminal();
  const interrupted = new AbortController();
  const onInterrupt = (): void => interrupted.abort();
  process.once('SIGINT', onInterrupt);
  try {
    return await dispatch(words, terminal, interrupted.signal);
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

async function dispatch(words: readonly string[], terminal: Terminal, signal: AbortSignal): Promise<ExitCode> {
  const [name, ...rest] = words;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    terminal.print(
      helpOfAll(
        Object.entries(COMMANDS).map(([command, { summary }]) => ({ name: command, summary })),
        TOOL.version,
      ),
    );
    return name === undefined ? EXIT.cannotAsk : EXIT.yes;
  }
  if (name === '--version' || name === '-V') {
    terminal.print(`${TOOL.version}\n`);
    return EXIT.yes;
  }
  if (!isCommandName(name)) {
    const suggestion = didYouMean(name, Object.keys(COMMANDS));
    const help = suggestion === undefined ? 'signoff --help lists the commands' : `did you mean "${suggestion}"?`;
    terminal.note(`signoff has no command "${escapeForTerminal(name)}"; ${help}\n`);
    return EXIT.cannotAsk;
  }
  const command = await COMMANDS[name].load();
  return runCommand(command, rest, terminal, signal);
}

function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(COMMANDS, name);
}

/** What the parser of `node:util` gives, as far as it is looked at. */
interface ParsedWords {
  readonly values: Readonly<Record<string, unknown>>;
  readonly positionals: readonly string[];
  readonly tokens: readonly Token[];
}

type Token = { readonly kind: string; readonly name?: string };

async function runCommand(
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

function firstSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const [first = message] = message.split(/(?<=\.) /u);
  return first.endsWith('.') ? first : `${first}.`;
}
