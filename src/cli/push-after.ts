import { escapeForTerminal } from '../base/text.ts';
import { pushSignOffs } from '../git/push-sign-offs.ts';
import type { Repository } from '../git/repository.ts';
import type { CommandContext, CommandInput, OptionHelp } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { noteProblems } from './terminal.ts';

export const PUSH_OPTION = {
  type: 'boolean',
  placeholder: '',
  help: 'push what was signed, with your own git push, even when others have pushed meanwhile',
} as const satisfies OptionHelp;

/** Pushes what a command has signed, if it succeeded and the person wants it. */
export async function pushAfter(
  signed: ExitCode,
  input: CommandInput,
  repository: Repository,
  { terminal, signal }: CommandContext,
): Promise<ExitCode> {
  if (signed !== EXIT.yes || !input.flag('push')) return signed;
  const pushed = await pushSignOffs(repository, signal);
  if (!pushed.ok) {
    terminal.note('It is signed and committed here, and not pushed:\n');
    noteProblems(terminal, [pushed.problem]);
    return EXIT.cannotAsk;
  }
  const { remote, branch, how } = pushed.value;
  const where = escapeForTerminal(`${remote}/${branch.slice('refs/heads/'.length)}`);
  const words = {
    'there already': `${where} had it already.`,
    'as they are': `Pushed to ${where}.`,
    rebuilt: `Pushed to ${where}, on top of what others had pushed meanwhile; git pull --rebase brings it all here.`,
  };
  terminal.note(`${words[how]}\n`);
  return EXIT.yes;
}
