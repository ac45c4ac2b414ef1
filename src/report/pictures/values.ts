import { boundInWords, STATUS_WORDS } from '../outcome-words.ts';
import type { DataCell } from './data-table.ts';
import { type Draw, finished, gaugedOf } from './drawing.ts';

/** Numbers and their bounds, of checks that have no picture of their own. */
export const drawValues: Draw<'values'> = (plot, context) => {
  const gauged = gaugedOf(plot, context);
  if (gauged.length === 0) return undefined;
  return finished(
    plot,
    {
      title: 'Other numbers and their bounds',
      sentence: '',
      height: 4,
      nodes: [],
      columns: ['Check', 'Value', 'Interval from', 'Interval to', 'Bound', 'Status'],
      rows: gauged.map(({ outcome }): DataCell[] => [
        ...[outcome.title, outcome.value, outcome.interval?.[0] ?? null, outcome.interval?.[1] ?? null],
        ...[boundInWords(outcome.bound), STATUS_WORDS[outcome.status].word],
      ]),
    },
    context,
  );
};
