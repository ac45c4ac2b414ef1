import type { Verdict } from '../approval/verdict.ts';
import { escapeForTerminal } from '../base/text.ts';
import type { TerminalStyle } from './terminal-style.ts';

/** The verdict for a terminal: the answer first, then who signed, what is missing, and what was ignored. */
export function renderVerdictText(verdict: Verdict, environment: string, style: TerminalStyle): string {
  const place = escapeForTerminal(environment);
  const answer = verdict.approved ? style.good(`✓ Approved for ${place}.`) : style.bad(`✗ Not approved for ${place}.`);
  const lines = [
    answer,
    ...verdict.reasons.map(
      ({ code, message }) => `  ${style.bad('✗')} ${escapeForTerminal(message)} ${style.faint(`(${code})`)}`,
    ),
    ...verdict.approvals.map(
      ({ person, role, key, issued, expires, id }) =>
        `  ${style.good('✓')} ${escapeForTerminal(person)} as ${escapeForTerminal(role)}, ${issued} until ${expires} ${style.faint(`(${key}, approval ${id.slice(0, 16)})`)}`,
    ),
    ...Object.entries(verdict.quorum).map(
      ([role, { need, have }]) => `  ${escapeForTerminal(role)}: ${have} of ${need}`,
    ),
    ...verdict.ignored.map(
      ({ file, code, message }) =>
        `  ${style.faint('ignored')} ${escapeForTerminal(file)}: ${escapeForTerminal(message)} ${style.faint(`(${code})`)}`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}
