import type { CompletedStatement } from '../approval/complete-statement.ts';
import type { PreparedStatement } from '../approval/prepared-statement.ts';
import { escapeForTerminal } from '../base/text.ts';
import { renderFields } from '../report/statement-text.ts';
import type { CommandContext, OptionHelp } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { PUSH_OPTION } from './push-after.ts';
import { KEY_OPTION } from './signing-key.ts';
import { noteProblems } from './terminal.ts';

/** The options of every command that signs. */
export const SIGNING_OPTIONS = {
  environment: { type: 'string', placeholder: '<name>', help: 'where (default: the policy’s last)' },
  role: { type: 'string', placeholder: '<role>', help: 'in which of your roles, if you have several' },
  key: KEY_OPTION,
  comment: { type: 'string', placeholder: '<text>', help: 'signed with the decision' },
  policy: { type: 'string', placeholder: '<file>', help: 'the policy (default: signoff.yaml here or above)' },
  push: PUSH_OPTION,
  'dry-run': { type: 'boolean', placeholder: '', help: 'show exactly what would be signed, and sign nothing' },
} as const satisfies Readonly<Record<string, OptionHelp>>;

/** Exactly what is signed, and, before the signature, what will still fail or be missing after it. */
export function showPrepared(prepared: PreparedStatement, { terminal }: CommandContext): void {
  terminal.print(renderFields(prepared.description, terminal.style));
  if (prepared.openPoints.length === 0) return;
  terminal.note('Open after this signature:\n');
  for (const point of prepared.openPoints) terminal.note(`  ${escapeForTerminal(point)}\n`);
}

export function tellDryRun({ terminal }: CommandContext): ExitCode {
  terminal.note('Nothing was signed: this was a dry run.\n');
  return EXIT.yes;
}

export function tellCommitted(completed: CompletedStatement, { terminal }: CommandContext): void {
  const { id, approvalPath, commit, already } = completed;
  terminal.print(`Statement ${id}\n${escapeForTerminal(approvalPath)}\n`);
  terminal.note(already ? 'You had signed this already; nothing was added.\n' : `Committed as ${commit}.\n`);
}

type Failed = { readonly ok: false; readonly problem: Parameters<typeof noteProblems>[1][number] };

export function cannotAsk({ problem }: Failed, { terminal }: CommandContext): ExitCode {
  noteProblems(terminal, [problem]);
  return EXIT.cannotAsk;
}

/** This person may not sign this, or there is nothing to sign for. */
export function maySignNothing({ problem }: Failed, { terminal }: CommandContext): ExitCode {
  noteProblems(terminal, [problem]);
  return EXIT.no;
}
