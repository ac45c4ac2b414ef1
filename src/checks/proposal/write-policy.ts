import { stringify } from 'yaml';
import type { GuessedTable } from './guessed-table.ts';

/** One check of a proposal: its id, its keys in the order in which they are written, and a comment. */
export interface ProposedCheck {
  readonly id: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly comment?: string;
}

/** Everything that a proposed policy says. */
export interface PolicyDraft {
  readonly project: string;
  readonly model: string;
  readonly task: string;
  readonly run: Readonly<Record<string, string>>;
  readonly dataset: { readonly path: string; readonly columns: GuessedTable } | undefined;
  readonly checks: readonly ProposedCheck[];
  readonly person: string;
}

/**
 * Writes the draft as a policy that a newcomer can read: block style for what is long, a comment for every decision
 * that only the author can take. Names from files are quoted by the YAML library, so nothing in them becomes structure.
 */
export function writePolicy(draft: PolicyDraft): string {
  const sections = [
    [
      '# What must hold before this model goes live, and who says so. Proposed from what was found here:',
      '# every bound is a decision of yours, so read each one before anyone signs by it.',
      ...pairs({ version: 1, project: draft.project, model: draft.model, task: draft.task }),
    ],
    [`run: ${inline(draft.run)}`],
    ...(draft.dataset === undefined ? [] : [datasetLines(draft.dataset)]),
    ['checks:', ...draft.checks.flatMap(checkLines)],
    signoffLines(draft.person),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function datasetLines({ path, columns }: NonNullable<PolicyDraft['dataset']>): string[] {
  const groupLines = columns.groups.map(({ name, column, values, bins }) => {
    if (bins !== undefined) return `      ${inline(name)}: ${inline({ column, bins })}`;
    return `      ${inline(name)}: {}   # ${comment(values.join(', '))}`;
  });
  return [
    'datasets:',
    '  holdout:                      # rows that the model never saw',
    ...pairs({ path, ...columns.fields }).map((line) => `    ${line}`),
    ...(groupLines.length === 0 ? [] : ['    groups:', ...groupLines]),
  ];
}

function checkLines({ id, fields, comment: remark }: ProposedCheck): string[] {
  const lines = pairs(fields).map((line) => `    ${line}`);
  return [...(remark === undefined ? [] : [`  # ${comment(remark)}`]), `  ${inline(id)}:`, ...lines];
}

function signoffLines(person: string): string[] {
  return [
    'signoff:',
    '  roles:                        # one person may hold several roles, but fills one seat',
    `    data-science: [${inline(person)}]`,
    '  environments:',
    '    production: { require: { data-science: 1 }, expires_after: 90d }   # better: a second role, held by others',
  ];
}

function pairs(fields: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(fields).map(([key, value]) => `${inline(key)}: ${inline(value)}`);
}

/** One line each, whatever is in a name: a line break in a quoted text would end up outside its indentation. */
const ONE_LINE = {
  version: '1.2',
  collectionStyle: 'flow',
  lineWidth: 0,
  blockQuote: false,
  singleQuote: false,
  doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
} as const;

function inline(value: unknown): string {
  return escapeInvisible(stringify(value, ONE_LINE).trimEnd());
}

/** YAML quotes what needs it but leaves some invisible characters as they are; in double quotes each has an escape. */
function escapeInvisible(yaml: string): string {
  if (!yaml.startsWith('"')) return yaml;
  return yaml.replaceAll(/[\u0080-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** A comment ends at the line's end, so a line break in a name must not end it early. */
function comment(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]/gu, ' ');
}
