import { formatNumber } from '../../base/text.ts';
import { codeCell, numberCell, textCell } from '../../report/document/cells.ts';
import { asTable, type PlainTable } from '../../report/document/tables.ts';
import { dayAndTime } from '../../report/document/times.ts';
import type { Run } from '../../runs/run.ts';
import type { Cell, PanelDocument, Row } from '../protocol.ts';
import { t } from '../translation.ts';
import { visible } from '../visible-text.ts';

/** Two runs side by side: every metric with its difference, then the parameters that differ. */
export function compareDocument(candidate: Run, other: Run): PanelDocument {
  return {
    title: t('{0} beside {1}', visible(candidate.name), visible(other.name)),
    subtitle: t('Latest logged value of every metric. A difference is the first run minus the second.'),
    facts: [runFact(t('First'), candidate), runFact(t('Second'), other)],
    tables: [metricTable(candidate, other), ...parameterTable(candidate, other)].map(asTable),
    filter: t('Only what differs'),
    actions: [{ action: 'openReport', label: t('Report'), appearance: 'secondary' }],
    footnotes: [t('Which direction is better depends on the metric; the checklist’s bounds say what must hold.')],
  };
}

function runFact(name: string, run: Run): { readonly name: string; readonly value: string } {
  const started = run.startTime === undefined ? '' : ` · ${dayAndTime(run.startTime)}`;
  return { name, value: `${visible(run.name)} · ${visible(run.id)}${started}` };
}

function metricTable(candidate: Run, other: Run): PlainTable {
  const rows = namesOf(candidate.metrics, other.metrics).map((name): Row => {
    const first = candidate.metrics.get(name)?.value;
    const second = other.metrics.get(name)?.value;
    return {
      id: name,
      attention: first === second ? 'none' : 'needed',
      cells: [codeCell(name), numberCell(first), numberCell(second), differenceCell(first, second)],
    };
  });
  return {
    id: 'metrics',
    title: t('Metrics'),
    columns: [
      { title: t('Metric') },
      { title: visible(candidate.name), kind: 'number' },
      { title: visible(other.name), kind: 'number' },
      { title: t('Difference'), kind: 'number' },
    ],
    rows,
  };
}

function differenceCell(first: number | undefined, second: number | undefined): Cell {
  if (first === undefined || second === undefined) return numberCell(null);
  const difference = first - second;
  if (difference === 0) return { text: '0', kind: 'number', tone: 'quiet' };
  return { text: `${difference > 0 ? '+' : '−'}${formatNumber(Math.abs(difference))}`, kind: 'number' };
}

function parameterTable(candidate: Run, other: Run): readonly PlainTable[] {
  const rows = namesOf(candidate.params, other.params).map((name): Row => {
    const first = candidate.params.get(name);
    const second = other.params.get(name);
    return {
      id: name,
      attention: first === second ? 'none' : 'needed',
      cells: [codeCell(name), textCell(first ?? '–'), textCell(second ?? '–')],
    };
  });
  if (rows.length === 0) return [];
  return [
    {
      id: 'params',
      title: t('Parameters'),
      columns: [{ title: t('Name') }, { title: visible(candidate.name) }, { title: visible(other.name) }],
      rows,
    },
  ];
}

function namesOf(one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): readonly string[] {
  return [...new Set([...one.keys(), ...other.keys()])].toSorted();
}
