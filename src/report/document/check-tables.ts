import type { Translate } from '../../base/translate.ts';
import type { Outcome } from '../../checks/outcome.ts';
import type { Policy } from '../../policy/schema.ts';
import { intervalInWords, limitsInWords } from '../outcome-words.ts';
import { byUrgency, holds, standingOf } from '../status.ts';
import { codeCell, figuresCell, numberCell, plain, statusCell, textCell } from './cells.ts';
import { CHECKLIST_GROUPS, groupOf, groupTitle } from './checklist-groups.ts';
import type { Cell, Row, Table } from './document.ts';
import { numberedEvidence } from './file-tables.ts';
import { type PlainTable, withoutEmptyColumns } from './tables.ts';

/** Every check with its outcome, grouped as the checklist is, what needs somebody first. */
export function checkTable(outcomes: readonly Outcome[], policy: Policy, t: Translate): Table {
  const groups = Map.groupBy(outcomes, (outcome) => {
    const check = policy.checks[outcome.id];
    return check === undefined ? ('performance' as const) : groupOf(check, policy);
  });
  return withoutEmptyColumns({
    id: 'checks',
    title: t('Checks'),
    columns: [
      { title: t('Status') },
      { title: t('Check') },
      { title: t('Value'), kind: 'number' },
      { title: t('Bound'), kind: 'number' },
      { title: t('Interval'), kind: 'number' },
      { title: t('Rows'), kind: 'number' },
    ],
    groups: CHECKLIST_GROUPS.flatMap((group) => {
      const members = groups.get(group);
      if (members === undefined) return [];
      const rows = members.toSorted(byUrgency).map((outcome) => checkRow(outcome, policy, t));
      return [{ title: groupTitle(group, t), rows }];
    }),
  });
}

function checkRow(outcome: Outcome, policy: Policy, t: Translate): Row {
  const limits = limitsInWords(outcome.bound, t);
  const advisory = outcome.severity === 'advisory' ? `${t('Advisory.')} ` : '';
  const why = policy.checks[outcome.id]?.why;
  const notes = [`${advisory}${outcome.message}`, ...(why === undefined ? [] : [t('Why: {0}', why)])];
  return {
    id: outcome.id,
    attention: holds(outcome) ? 'none' : 'needed',
    cells: [
      statusCell(standingOf(outcome), t),
      textCell(outcome.title, { notes, reveals: outcome.id }),
      numberCell(outcome.value),
      limits.length === 0 ? numberCell(null) : figuresCell(limits, ` ${t('and')}`),
      intervalCell(outcome.interval),
      numberCell(outcome.rows),
    ],
  };
}

function intervalCell(interval: Outcome['interval']): Cell {
  const words = intervalInWords(interval);
  return words === '' ? numberCell(null) : figuresCell([words]);
}

/** Groups, columns and requirements of the checks that have several. */
export function partTable(outcomes: readonly Outcome[], t: Translate): readonly PlainTable[] {
  const rows = outcomes.flatMap(({ id, title, parts = [] }) =>
    parts.map(
      (part, index): Row => ({
        id: `${id}/${index}`,
        attention: holds(part) ? 'none' : 'needed',
        cells: [
          textCell(index === 0 ? title : ''),
          textCell(part.name),
          statusCell(part.status, t),
          numberCell(part.value),
          intervalCell(part.interval),
          numberCell(part.rows),
        ],
      }),
    ),
  );
  if (rows.length === 0) return [];
  const { groups, ...table } = withoutEmptyColumns({
    id: 'parts',
    title: t('Parts of checks'),
    lead: t('A check with several groups, columns or requirements holds only if every one of them does.'),
    columns: [
      { title: t('Check') },
      { title: t('Part') },
      { title: t('Status') },
      { title: t('Value'), kind: 'number' },
      { title: t('Interval'), kind: 'number' },
      { title: t('Rows'), kind: 'number' },
    ],
    groups: [{ rows }],
  });
  return [{ ...table, rows: groups.flatMap((group) => group.rows) }];
}

/** What each check rests on: the formula by its whole name, the rules that it answers to, where the policy asks for it. */
export function groundsTable(outcomes: readonly Outcome[], policy: Policy, t: Translate): readonly PlainTable[] {
  if (outcomes.length === 0) return [];
  const evidence = numberedEvidence(outcomes);
  return [
    {
      id: 'grounds',
      title: t('What each check rests on'),
      columns: [
        { title: t('Check') },
        { title: t('Formula'), kind: 'code' },
        { title: t('Answers to') },
        { title: t('Evidence no.'), kind: 'number' },
        { title: t('Line of the policy'), kind: 'number' },
      ],
      rows: outcomes.map((outcome): Row => {
        const refs = policy.checks[outcome.id]?.refs ?? [];
        const numbers = outcome.evidence.map(
          ({ path, sha256 }) => evidence.findIndex((file) => file.path === path && file.sha256 === sha256) + 1,
        );
        return {
          id: outcome.id,
          attention: 'none',
          cells: [
            textCell(outcome.title, { notes: [outcome.id === outcome.title ? '' : outcome.id] }),
            outcome.formula === null ? textCell('–', { tone: 'quiet' }) : codeCell(outcome.formula),
            refs.length === 0 ? textCell('–', { tone: 'quiet' }) : textCell(refs.join(', ')),
            numbers.length === 0 ? numberCell(null) : figuresCell([numbers.toSorted((a, b) => a - b).join(', ')]),
            { text: plain(String(outcome.source.line)), kind: 'number' },
          ],
        };
      }),
    },
  ];
}
