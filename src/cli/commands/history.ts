import { endOfDay, parseInstant } from '../../approval/formats.ts';
import { type History, historyOf } from '../../approval/history.ts';
import { renderHistoryMarkdown } from '../../report/history-markdown.ts';
import { renderHistoryText } from '../../report/history-text.ts';
import { jsonText } from '../../report/json-text.ts';
import type { TerminalStyle } from '../../report/terminal-style.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { deliver } from '../files.ts';
import { openPolicy } from '../open-policy.ts';
import { choiceOf } from '../options.ts';
import { cannotAsk, SIGNING_OPTIONS } from '../signing.ts';

const FORMATS = ['text', 'json', 'markdown'] as const;

/** Answers the auditor: which model was approved where, who said so, on what evidence? */
export const historyCommand: Command = {
  name: 'history',
  summary:
    'Tells which model was approved where, by whom, on what evidence, now or at a date: as HEAD’s approvals tell it, judged by HEAD’s policy and signers. Exit code 1 means that nothing was approved there then.',
  operands: '',
  options: {
    environment: { type: 'string', placeholder: '<name>', help: 'only this one (default: all)' },
    at: {
      type: 'string',
      placeholder: '<date>',
      help: 'what was in force at the end of that day in UTC (YYYY-MM-DD) or at that instant, as signers dated it',
    },
    policy: SIGNING_OPTIONS.policy,
    format: { type: 'string', placeholder: FORMATS.join('|'), help: 'how to answer (default: text)' },
    output: { type: 'string', placeholder: '<file>', help: 'write the answer there' },
  },
  run: async (input, context) => {
    const { terminal, folder, signal } = context;
    const format = choiceOf(input, 'format', FORMATS);
    if (!format.ok) return cannotAsk(format, context);
    const day = input.text('at');
    const at = day === undefined ? undefined : (endOfDay(day) ?? parseInstant(day));
    if (day !== undefined && at === undefined) {
      terminal.note('--at takes a day, YYYY-MM-DD, or an instant, YYYY-MM-DDTHH:MM:SSZ.\n');
      return EXIT.cannotAsk;
    }
    const place = await openPolicy(input, folder);
    if (!place.ok) return cannotAsk(place, context);
    const { policy, environment } = place.value;
    const named = input.text('environment') !== undefined;
    const environments = named ? [environment] : Object.keys(policy.signoff.environments);
    const history = await historyOf({ ...place.value, environments, at, now: new Date(), signal });
    await deliver(rendered(history, format.value, terminal.style), input.text('output'), context);
    return history.environments.some(({ turns }) => turns.length > 0) ? EXIT.yes : EXIT.no;
  },
};

function rendered(history: History, format: (typeof FORMATS)[number], style: TerminalStyle): string {
  switch (format) {
    case 'json':
      return jsonText(history);
    case 'markdown':
      return renderHistoryMarkdown(history);
    case 'text':
      return renderHistoryText(history, style);
  }
}
