import { formatNumber } from '../../base/text.ts';
import { stepsInWords, valuesInWords } from '../../report/count-words.ts';
import { codeCell, figuresCell, numberCell, textCell } from '../../report/document/cells.ts';
import { asTable, type PlainTable } from '../../report/document/tables.ts';
import { dayAndTime } from '../../report/document/times.ts';
import type { MetricPoint, Run } from '../../runs/run.ts';
import type { Cell, PanelDocument, Row } from '../protocol.ts';
import { t } from '../translation.ts';
import { runStatusWord } from '../views/runs-model.ts';
import { visible } from '../visible-text.ts';

/** As many steps as a table shows beside each other; the rest is said, not drawn. */
const MOST_STEPS = 12;

/** What a run logged: the latest value of each metric and, where there are several steps, all of them. */
export function metricsDocument(run: Run, model: string): PanelDocument {
  return {
    title: t('Metrics: {0}', visible(run.name)),
    subtitle: t('{0} · experiment {1}', visible(model), visible(run.experiment)),
    facts: [
      { name: t('Run'), value: visible(run.id), kind: 'code' },
      { name: t('Status'), value: runStatusWord(run.status) },
      ...(run.startTime === undefined ? [] : [{ name: t('Started'), value: dayAndTime(run.startTime) }]),
      ...(run.user === undefined ? [] : [{ name: t('By'), value: visible(run.user) }]),
    ],
    tables: [
      metricTable(run),
      ...historyTables(run),
      ...pairTable('params', t('Parameters'), run.params),
      ...pairTable('tags', t('Tags'), run.tags),
    ].map(asTable),
    actions: [{ action: 'openReport', label: t('Report'), appearance: 'secondary' }],
    footnotes: [t('These numbers are what training logged. The checklist recomputes what it can.')],
  };
}

function metricTable(run: Run): PlainTable {
  return {
    id: 'metrics',
    title: t('Metrics'),
    ...(run.metrics.size === 0 ? { lead: t('The run logged no metrics.') } : {}),
    columns: [
      { title: t('Metric') },
      { title: t('Latest value'), kind: 'number' },
      { title: t('Step'), kind: 'number' },
      { title: t('Logged'), kind: 'number' },
    ],
    rows: sorted(run.metrics).map(([name, point]) => ({
      id: name,
      attention: 'none',
      cells: [
        codeCell(name),
        numberCell(point.value),
        numberCell(point.step),
        figuresCell([dayAndTime(point.timestamp)]),
      ],
    })),
  };
}

/** Metrics that were logged at the same steps stand in one table, e.g. the folds of a cross-validation. */
function historyTables(run: Run): readonly PlainTable[] {
  const stepped = sorted(run.history).filter(([, points]) => points.length > 1);
  // The newest steps are what is drawn; beyond them, only their number is said.
  const bySteps = Map.groupBy(stepped, ([, points]) => [points.length, ...shownSteps(points)].join(' '));
  const groups = [...bySteps.values()];
  const titles = groups.map(([first]) => historyTitle(first?.[1] ?? []));
  return groups.map((series, index) => {
    const [name, points] = series[0] ?? ['', []];
    const title = titles[index] ?? '';
    // Titles are what a screen reader tells tables apart by.
    const isUnique = titles.filter((each) => each === title).length === 1;
    return {
      id: `history-${index}`,
      title: isUnique ? title : t('{0}: {1}', title, visible(series.length > 1 ? `${name}, …` : name)),
      ...(points.length > MOST_STEPS ? { lead: t('The newest {0} values.', MOST_STEPS) } : {}),
      columns: [
        { title: t('Metric') },
        ...shownSteps(points).map((step) => ({ title: t('step {0}', step), kind: 'number' as const })),
      ],
      rows: series.map(
        ([metric, values]): Row => ({
          id: metric,
          attention: 'none',
          cells: [codeCell(metric), ...values.slice(-MOST_STEPS).map(pointCell)],
        }),
      ),
    };
  });
}

/** A step at which a metric was logged twice counts as two values. */
function historyTitle(points: readonly MetricPoint[]): string {
  return new Set(points.map(({ step }) => step)).size === points.length
    ? t('History over {0}', stepsInWords(points.length, t))
    : t('History of {0}', valuesInWords(points.length, t));
}

function shownSteps(points: readonly MetricPoint[]): readonly number[] {
  return points.slice(-MOST_STEPS).map((point) => point.step);
}

function pointCell(point: MetricPoint): Cell {
  return { text: formatNumber(point.value), kind: 'number' };
}

function pairTable(id: string, title: string, pairs: ReadonlyMap<string, string>): readonly PlainTable[] {
  if (pairs.size === 0) return [];
  const rows = sorted(pairs).map(
    ([name, value]): Row => ({ id: name, attention: 'none', cells: [codeCell(name), textCell(value)] }),
  );
  return [{ id, title, columns: [{ title: t('Name') }, { title: t('Value') }], rows }];
}

function sorted<Value>(map: ReadonlyMap<string, Value>): readonly (readonly [string, Value])[] {
  return [...map].toSorted(([one], [other]) => (one < other ? -1 : 1));
}
