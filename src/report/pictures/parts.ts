import { formatNumber } from '../../base/text.ts';
import type { ForestBlock, PartsPlot } from '../../checks/plots/plot.ts';
import type { DataCell } from './data-table.ts';
import { type Draw, finished } from './drawing.ts';
import { drawnItems, forest, forestHeight } from './forest.ts';
import type { SceneNode } from './scene.ts';
import { percent, plainName } from './text.ts';

/** A check's parts (groups, comparisons of groups, a drop) with their intervals and the bound that each must meet. */
export const drawParts: Draw<'parts'> = (plot, context) => {
  const { blocks, shownConfidence, note } = plot;
  const [id = ''] = plot.checks;
  const outcome = context.outcomes.get(id);
  let top = 0;
  const nodes = blocks.map((block): SceneNode => {
    const drawn = forest(block, top);
    top += forestHeight(block) + 10;
    return drawn;
  });
  const judged = blocks.find(({ bound }) => bound !== null);
  const withBlocks = blocks.length > 1;
  const picture = finished(
    plot,
    {
      title: plainName(outcome?.title ?? id),
      sentence: '',
      gauges: 'none',
      note: [note, shownNote(shownConfidence), cutNote(blocks), fewNote(plot)].filter((each) => each !== '').join(' '),
      height: top,
      nodes,
      columns: [...(withBlocks ? ['Of'] : []), 'Name', 'Value', 'Interval from', 'Interval to', 'Rows', 'Status'],
      rows: blocks.flatMap(({ title, items }) =>
        items.map(({ name, value, interval, rows, status, few }): DataCell[] => [
          ...(withBlocks ? [title] : []),
          ...[name, value, interval?.[0] ?? null, interval?.[1] ?? null, rows],
          [status ?? '', few ? 'few rows' : '']
            .filter((word) => word !== '')
            .join(', ')
            .replaceAll('_', ' '),
        ]),
      ),
    },
    context,
  );
  if (judged === undefined || outcome === undefined || judged.items.length < 2) return picture;
  const holding = judged.items.filter(({ status }) => status === 'pass').length;
  return { ...picture, sentence: `${formatNumber(holding)} of ${judged.items.length} hold. ${picture.sentence}` };
};

function shownNote(confidence: number | undefined): string {
  if (confidence === undefined) return '';
  return `Whiskers are ${percent(confidence)} intervals; the policy does not ask for them.`;
}

function cutNote(blocks: readonly ForestBlock[]): string {
  const cut = blocks.find(({ items, bound }) => drawnItems(items, bound).length < items.length);
  if (cut === undefined) return '';
  return `Only the ${drawnItems(cut.items, cut.bound).length} worst of ${cut.items.length} are drawn.`;
}

function fewNote({ blocks }: PartsPlot): string {
  return blocks.some(({ items }) => items.some(({ few }) => few)) ? 'Hollow points rest on few rows.' : '';
}
