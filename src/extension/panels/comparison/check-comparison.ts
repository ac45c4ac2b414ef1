import { formatNumber } from '../../../base/text.ts';
import type { Change, OutcomeComparison } from '../../../checks/comparison/compare-outcomes.ts';
import { EMPTY_CELL, figuresCell, numberCell, textCell } from '../../../report/document/cells.ts';
import { type PlainTable, withoutEmptyColumns } from '../../../report/document/tables.ts';
import { STATUS_WORDS } from '../../../report/outcome-words.ts';
import { statusWord } from '../../../report/status.ts';
import type { Cell, Row, Table } from '../../protocol.ts';
import { t } from '../../translation.ts';
import { changeCell, changeTitle } from './change-words.ts';

/** In the order in which somebody who has to decide wants to read them. */
const GROUPS: readonly Change[] = ['worse', 'unclear', 'better', 'unknown', 'same'];

/** The runs' names, as columns are headed. */
export interface RunNames {
  readonly first: string;
  readonly second: string;
}

/** The checks of both runs, regressions first. */
export function checkComparisonTable(checks: readonly OutcomeComparison[], names: RunNames): Table {
  const intervals = new Set(checks.map(intervalSentence).filter((sentence) => sentence !== ''));
  const lead = t(
    'Both runs under today’s policy. A drop is how much worse the first is, in the metric’s own direction: below 0 it is better.',
  );
  // What is the same of all is said once.
  const isSaidOnce = intervals.size === 1;
  return withoutEmptyColumns({
    id: 'checks',
    title: t('Checks'),
    lead: isSaidOnce ? [lead, ...intervals].join(' ') : lead,
    columns: [
      { title: t('Change') },
      { title: t('Check') },
      { title: names.first, kind: 'number' },
      { title: names.second, kind: 'number' },
      { title: t('Drop'), kind: 'number' },
      { title: t('Interval'), kind: 'number' },
      { title: t('Rows'), kind: 'number' },
    ],
    groups: GROUPS.flatMap((change) => {
      const rows = checks
        .filter((check) => check.change === change)
        .map((check) => checkRow(check, isSaidOnce ? '' : intervalSentence(check)));
      return rows.length === 0 ? [] : [{ title: changeTitle(change), rows }];
    }),
  });
}

function checkRow(check: OutcomeComparison, interval: string): Row {
  const { id, title, change, differences, problems } = check;
  const only = differences.length === 1 ? differences[0] : undefined;
  return {
    id,
    attention: change === 'same' || change === 'better' ? 'none' : 'needed',
    cells: [
      changeCell(change),
      textCell(title, { reveals: id, notes: [...notesOf(check), interval, ...problems] }),
      sideCell(check, 'first'),
      sideCell(check, 'second'),
      numberCell(only?.drop),
      intervalCell(only?.interval),
      numberCell(only?.rows),
    ],
  };
}

function notesOf({ passing, severity, differences }: OutcomeComparison): readonly string[] {
  return [
    ...(severity === 'advisory' ? [t('Advisory.')] : []),
    ...(passing === 'only the second' ? [t('The second run holds here, and the first does not.')] : []),
    ...(passing === 'only the first' ? [t('The first run holds here, and the second does not.')] : []),
    ...(differences.length > 1 ? [t('{0} groups: see below.', differences.length)] : []),
  ];
}

/** How the interval of a drop was made; empty where there is none. */
function intervalSentence({ differences, confidence }: OutcomeComparison): string {
  const one = differences.find(({ interval }) => interval !== null);
  if (one === undefined || confidence === undefined) return '';
  const percent = formatNumber(confidence * 100);
  return one.pair === 'paired'
    ? t('Intervals are of {0} %, over the same rows of both.', percent)
    : t('Intervals are of {0} %; rows are not paired, as the data set has no “key”.', percent);
}

/** The value where there is one, and how it was judged. */
function sideCell({ passing, ...check }: OutcomeComparison, side: 'first' | 'second'): Cell {
  const { status, value } = check[side];
  if (value === null) return { text: statusWord(status, t), kind: 'number', tone: 'quiet' };
  const shown = formatNumber(value);
  // Where both were judged alike, the sign would only distract.
  return passing === 'both alike' && status !== 'fail'
    ? { text: shown, kind: 'number' }
    : { text: `${STATUS_WORDS[status].symbol} ${shown}`, kind: 'number' };
}

function intervalCell(interval: readonly [number, number] | null | undefined): Cell {
  return interval === null || interval === undefined
    ? { ...EMPTY_CELL, kind: 'number' }
    : figuresCell([`[${formatNumber(interval[0])}, ${formatNumber(interval[1])}]`]);
}

/** The groups of the checks that were compared group by group, each check’s worst first. */
export function groupComparisonTable(checks: readonly OutcomeComparison[], names: RunNames): readonly PlainTable[] {
  const rows = checks
    .filter(({ differences }) => differences.length > 1)
    .flatMap(({ id, title, differences }) =>
      differences.map(
        (each, index): Row => ({
          id: `${id}/${index}`,
          attention: each.change === 'same' || each.change === 'better' ? 'none' : 'needed',
          cells: [
            changeCell(each.change),
            textCell(index === 0 ? title : ''),
            textCell(each.name === '' ? t('all rows') : each.name),
            ...[each.first, each.second, each.drop].map(numberCell),
            intervalCell(each.interval),
            numberCell(each.rows),
          ],
        }),
      ),
    );
  if (rows.length === 0) return [];
  return [
    {
      id: 'groups',
      title: t('Groups'),
      columns: [
        { title: t('Change') },
        { title: t('Check') },
        { title: t('Group') },
        { title: names.first, kind: 'number' },
        { title: names.second, kind: 'number' },
        { title: t('Drop'), kind: 'number' },
        { title: t('Interval'), kind: 'number' },
        { title: t('Rows'), kind: 'number' },
      ],
      rows,
    },
  ];
}
