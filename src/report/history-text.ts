import type { EnvironmentHistory, History, SignedWord, Turn, TurnState } from '../approval/history.ts';
import { escapeForTerminal } from '../base/text.ts';
import {
  countsOf,
  digestsOf,
  headline,
  landingOf,
  objectionWords,
  periodOf,
  replacedBy,
  shortId,
  wordsOnChecks,
} from './history-words.ts';
import type { TerminalStyle } from './terminal-style.ts';

/** The history for a terminal, newest turn last, so that what holds now stands above the prompt. */
export function renderHistoryText(history: History, style: TerminalStyle): string {
  const lines = [
    style.strong(escapeForTerminal(headline(history))),
    ...history.environments.flatMap((environment) => ['', ...environmentLines(environment, history, style)]),
    ...(history.ignored.length === 0 ? [] : ['']),
    ...history.ignored.map(
      ({ file, code, message }) =>
        `${style.faint('ignored')} ${escapeForTerminal(`${file}: ${message}`)} ${style.faint(`(${code})`)}`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function environmentLines(
  { environment, turns, objections }: EnvironmentHistory,
  { at }: History,
  style: TerminalStyle,
) {
  const nothing = at === null ? 'No model was ever approved here.' : 'No model was approved here then.';
  return [
    style.strong(escapeForTerminal(environment)),
    ...(turns.length === 0 ? [`  ${nothing}`] : turns.flatMap((turn) => turnLines(turn, style))),
    ...objections.map((objection) => `  ${style.bad('✗')} ${escapeForTerminal(objectionWords(objection))}`),
  ];
}

function turnLines(turn: Turn, style: TerminalStyle): string[] {
  const where = `run ${turn.run}, model ${shortId(turn.model_id)}, ${replacedBy(turn)}`;
  return [
    `  ${stateWord(turn.state, style)} ${escapeForTerminal(periodOf(turn))}: ${escapeForTerminal(where)}`,
    ...turn.signed.map((word) => `      ${escapeForTerminal(wordLine(word))}`),
    ...turn.rests_on.map((word) => `      ${style.faint('rests on')} ${escapeForTerminal(wordLine(word))}`),
    `      ${escapeForTerminal(`${countsOf(turn)} (${digestsOf(turn)})`)}`,
    ...wordsOnChecks(turn).map((words) => `      ${escapeForTerminal(words)}`),
  ];
}

function wordLine(word: SignedWord): string {
  const { person, role, issued, expires, comment, id, landed } = word;
  const said = comment === '' ? '' : `: ${comment}`;
  return `${person} as ${role}, signed ${issued} until ${expires}${said} (${shortId(id)}, ${landingOf(landed)})`;
}

function stateWord(state: TurnState, style: TerminalStyle): string {
  switch (state) {
    case 'in force':
      return style.good('✓ in force');
    case 'superseded':
      return style.faint('· superseded');
    default:
      return style.bad(`✗ ${state}`);
  }
}
