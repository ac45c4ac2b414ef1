import { escapeForTerminal } from '../base/text.ts';
import { TOOL } from '../base/tool.ts';
import { didYouMean } from '../policy/did-you-mean.ts';
import { COMMANDS, type CommandName } from './commands.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { helpOfAll } from './help.ts';
import { answerWith, runCommand } from './run-command.ts';
import type { Terminal } from './terminal.ts';

/** Runs one command line, e.g. `['check', '--run', 'abc']`. */
export function runCommandLine(words: readonly string[]): Promise<ExitCode> {
  return answerWith((terminal, signal) => dispatch(words, terminal, signal));
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
