import type { EnvironmentHistory, History, SignedWord, Turn } from '../approval/history.ts';
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
import { escapeForMarkdown, markdownTable } from './markdown-text.ts';

/** The history for an audit's file or a wiki: one table for each environment. */
export function renderHistoryMarkdown(history: History): string {
  const lines = [
    `# ${escapeForMarkdown(headline(history))}`,
    '',
    ...history.environments.flatMap((environment) => environmentLines(environment, history)),
    ...(history.ignored.length === 0 ? [] : ['## Ignored', '']),
    ...history.ignored.map(({ file, message, code }) => `- ${escapeForMarkdown(`${file}: ${message}`)} \`${code}\``),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function environmentLines({ environment, turns, objections }: EnvironmentHistory, { at }: History): string[] {
  const nothing = at === null ? 'No model was ever approved here.' : 'No model was approved here then.';
  return [
    `## ${escapeForMarkdown(environment)}`,
    '',
    ...(turns.length === 0 ? [nothing] : []),
    ...markdownTable(['state', 'dated', 'model', 'run', 'signed by', 'evidence'], turns.map(turnRow)),
    '',
    ...objections.map((objection) => `- ${escapeForMarkdown(objectionWords(objection))}`),
    ...(objections.length === 0 ? [] : ['']),
  ];
}

function turnRow(turn: Turn): string[] {
  const words = [...turn.signed.map(wordText), ...turn.rests_on.map((word) => `rests on ${wordText(word)}`)];
  const evidence = [`${countsOf(turn)} (${digestsOf(turn)})`, ...wordsOnChecks(turn)];
  return [
    turn.state,
    escapeForMarkdown(periodOf(turn)),
    `\`${shortId(turn.model_id)}\` ${escapeForMarkdown(replacedBy(turn))}`,
    escapeForMarkdown(turn.run),
    words.map(escapeForMarkdown).join('<br>'),
    evidence.map(escapeForMarkdown).join('<br>'),
  ];
}

function wordText({ person, role, issued, comment, landed }: SignedWord): string {
  return `${person} as ${role}, ${issued}${comment === '' ? '' : `: ${comment}`} (${landingOf(landed)})`;
}
