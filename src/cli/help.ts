import { alignColumns } from '../report/text-table.ts';
import type { Command } from './command.ts';

export function helpOfAll(commands: readonly Pick<Command, 'name' | 'summary'>[], version: string): string {
  const rows = commands.map(({ name, summary }) => [`  ${name}`, summary]);
  return [
    `Model Signoff ${version}: checks a model against its policy, and lets people sign it off.`,
    '',
    'Usage: signoff <command> [options]',
    '',
    ...alignColumns(rows),
    '',
    'signoff <command> --help tells the options of one command.',
    'Exit codes: 0 yes, 1 no, 2 the question could not be asked.',
    '',
  ].join('\n');
}

export function helpOf(command: Command): string {
  const rows = Object.entries(command.options).map(([name, { placeholder, help, short }]) => [
    `  --${name}${placeholder === '' ? '' : ` ${placeholder}`}${short === undefined ? '' : `, -${short}`}`,
    help,
  ]);
  rows.push(['  --help, -h', 'print this']);
  const operands = command.operands === '' ? '' : ` ${command.operands}`;
  return [
    `Usage: signoff ${command.name} [options]${operands}`,
    '',
    command.summary,
    '',
    ...alignColumns(rows),
    '',
  ].join('\n');
}
