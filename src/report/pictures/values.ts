import { boundInWords } from '../outcome-words.ts';
import { standingOf, statusWord } from '../status.ts';
import type { DataCell } from './data-table.ts';
import { type Draw, finished, gaugedOf } from './drawing.ts';
import { intervalTitles } from './words.ts';

/** Numbers and their bounds, of checks that have no picture of their own. */
export const drawValues: Draw<'values'> = (plot, context) => {
  const { t } = context;
  const gauged = gaugedOf(plot, context);
  if (gauged.length === 0) return undefined;
  const hasIntervals = gauged.some(({ outcome }) => outcome.interval !== null);
  return finished(
    plot,
    {
      title: t('Other numbers and their bounds'),
      sentence: '',
      height: 4,
      nodes: [],
      columns: [t('Check'), t('Value'), ...intervalTitles(hasIntervals, t), t('Bound'), t('Status')],
      rows: gauged.map(({ outcome }): DataCell[] => [
        ...[outcome.title, outcome.value],
        ...(hasIntervals ? [outcome.interval?.[0] ?? null, outcome.interval?.[1] ?? null] : []),
        ...[boundInWords(outcome.bound, t), statusWord(standingOf(outcome), t)],
      ]),
    },
    context,
  );
};
