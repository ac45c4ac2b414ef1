import { formatNumber } from '../../base/text.ts';
import type { Translate } from '../../base/translate.ts';
import type { ForestBlock, PartsPlot } from '../../checks/plots/plot.ts';
import { statusWord } from '../status.ts';
import type { DataCell } from './data-table.ts';
import { type Draw, finished } from './drawing.ts';
import { drawnItems, forest, forestHeight, itemName, subjectWords } from './forest.ts';
import type { SceneNode } from './scene.ts';
import { percent, plainName } from './text.ts';
import { intervalTitles, sentences } from './words.ts';

/** A check's parts (groups, comparisons of groups, a drop) with their intervals and the bound that each must meet. */
export const drawParts: Draw<'parts'> = (plot, context) => {
  const { blocks, shownConfidence } = plot;
  const { t } = context;
  const [id = ''] = plot.checks;
  const outcome = context.outcomes.get(id);
  let top = 0;
  const nodes = blocks.map((block): SceneNode => {
    const drawn = forest(block, top, t);
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
      note: sentences(aboutNote(plot, t), shownNote(shownConfidence, t), cutNote(blocks, t), fewNote(plot, t)),
      height: top,
      nodes,
      columns: [
        ...(withBlocks ? [t('Of')] : []),
        ...[t('Name'), t('Value'), ...intervalTitles(true, t), t('Rows'), t('Status')],
      ],
      rows: blocks.flatMap(({ subject, items }) =>
        items.map((item): DataCell[] => [
          ...(withBlocks ? [subjectWords(subject, t)] : []),
          ...[itemName(item, t), item.value, item.interval?.[0] ?? null, item.interval?.[1] ?? null, item.rows],
          [item.status === null ? '' : statusWord(item.status, t), item.few ? t('few rows') : '']
            .filter((word) => word !== '')
            .join(', '),
        ]),
      ),
    },
    context,
  );
  if (judged === undefined || outcome === undefined || judged.items.length < 2) return picture;
  const holding = judged.items.filter(({ status }) => status === 'pass').length;
  const counted = t('{0} of {1} hold.', formatNumber(holding), judged.items.length);
  return { ...picture, sentence: sentences(counted, picture.sentence) };
};

function aboutNote({ about }: PartsPlot, t: Translate): string {
  if (about === 'against') {
    return t('A drop is how much worse this model is, in the metric’s own direction; left of 0 it is better.');
  }
  if (about !== 'runs') return '';
  return sentences(
    t('A drop is how much worse the first run is, in the metric’s own direction; left of 0 it is better.'),
    t('An interval across 0 may be sampling alone.'),
  );
}

function shownNote(confidence: number | undefined, t: Translate): string {
  if (confidence === undefined) return '';
  return t('Whiskers are {0} intervals; the policy does not ask for them.', percent(confidence));
}

function cutNote(blocks: readonly ForestBlock[], t: Translate): string {
  const cut = blocks.find(({ items, bound }) => drawnItems(items, bound).length < items.length);
  if (cut === undefined) return '';
  return t('Only the {0} worst of {1} are drawn.', drawnItems(cut.items, cut.bound).length, cut.items.length);
}

function fewNote({ blocks }: PartsPlot, t: Translate): string {
  return blocks.some(({ items }) => items.some(({ few }) => few)) ? t('Hollow points rest on few rows.') : '';
}
