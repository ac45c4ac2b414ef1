import { formatNumber } from '../../base/text.ts';
import type { Translate } from '../../base/translate.ts';
import { type Draw, finished } from './drawing.ts';
import { hitBox, mark } from './marks.ts';
import { WIDTH } from './plot-area.ts';
import { node, type SceneNode } from './scene.ts';
import { nameWithin, percent, plainName, shortNumber } from './text.ts';
import { sentences, unitTitle, unitWord } from './words.ts';

const LEFT = 120;
const TOP = 54;
const MOST_DRAWN = 20;
/** Opacities in `style.ts`. */
const LEVELS = 8;

/** The confusion matrix: in each cell the count, its share of the row (of what is so) and of the column (of what is predicted so). */
export const drawConfusion: Draw<'confusion'> = (plot, context) => {
  const { classes, counts, threshold } = plot;
  const { t } = context;
  const unit = unitWord(plot.unit, t);
  const size = Math.min(classes.length, MOST_DRAWN);
  const width = Math.min(170, (WIDTH - LEFT - 16) / size);
  const height = size === 2 ? 112 : Math.min(64, Math.max(18, (WIDTH - LEFT - 16) / size));
  const rowSums = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  const columnSums = classes.map((_, column) => counts.reduce((sum, row) => sum + (row[column] ?? 0), 0));
  const total = rowSums.reduce((sum, count) => sum + count, 0);
  const cells = counts.slice(0, size).flatMap((row, label) =>
    row.slice(0, size).map((count, prediction): SceneNode => {
      const x = LEFT + prediction * width;
      const y = TOP + label * height;
      const ofRow = count / (rowSums[label] as number);
      const ofColumn = count / (columnSums[prediction] as number);
      const level = Number.isFinite(ofRow) ? Math.round(ofRow * LEVELS) : 0;
      const [is, predicted] = [plainName(classes[label] ?? ''), plainName(classes[prediction] ?? '')];
      return mark(
        t(
          '{0} predicted as {1}: {2} {3}, {4} of its row, {5} of its column',
          ...[is, predicted, formatNumber(count), unit, percent(ofRow), percent(ofColumn)],
        ),
        node('rect', { class: `cell level-${level}`, x, y, width, height }),
        ...cellTexts({ count, ofRow, ofColumn, x: x + width / 2, y: y + height / 2, width, height }, t),
        ...(label === prediction
          ? [node('path', { class: 'axis', d: `M${x + 2.5} ${y + 2.5}h8M${x + 2.5} ${y + 2.5}v8` })]
          : []),
        hitBox(x, y, width, height),
      );
    }),
  );
  const names = classes.slice(0, size);
  const bottom = TOP + size * height;
  const right = percent(counts.reduce((sum, row, index) => sum + (row[index] ?? 0), 0) / total);
  return finished(
    plot,
    {
      title: t('Confusion matrix of {0}', plainName(plot.dataset)),
      sentence:
        threshold === undefined
          ? t('{0} of the {1} are predicted right.', right, unit)
          : t('{0} of the {1} are predicted right at the threshold {2}.', right, unit, formatNumber(threshold)),
      note: sentences(
        cellNote(contentsOf(width, height), unit, t),
        t('The stronger the colour, the larger a share of its row; a corner marks what is right.'),
        classes.length > size
          ? t('Only the first {0} of {1} classes are drawn; the table has all.', size, classes.length)
          : '',
      ),
      height: bottom + 14,
      nodes: [
        node(
          'text',
          { x: LEFT + (size * width) / 2, y: 18, 'text-anchor': 'middle' },
          threshold === undefined ? t('Predicted') : t('Predicted at the threshold {0}', formatNumber(threshold)),
        ),
        node(
          'text',
          { x: 0, y: 0, 'text-anchor': 'middle', transform: `translate(14 ${TOP + (size * height) / 2}) rotate(-90)` },
          t('Actual'),
        ),
        ...names.map((name, index) =>
          node(
            'text',
            { x: LEFT + (index + 0.5) * width, y: TOP - 10, 'text-anchor': 'middle', class: 'strong' },
            nameWithin(name, width - 4, 'bold'),
          ),
        ),
        ...names.map((name, index) =>
          node(
            'text',
            { x: LEFT - 10, y: TOP + (index + 0.5) * height + 4, 'text-anchor': 'end', class: 'strong' },
            nameWithin(name, LEFT - 34, 'bold'),
          ),
        ),
        ...cells,
      ],
      columns: [t('Actual'), t('Predicted'), unitTitle(plot.unit, t), t('Share of the row'), t('Share of the column')],
      rows: counts.flatMap((row, label) =>
        row.map((count, prediction) => [
          classes[label] ?? '',
          classes[prediction] ?? '',
          count,
          finiteOr(count / (rowSums[label] as number)),
          finiteOr(count / (columnSums[prediction] as number)),
        ]),
      ),
    },
    context,
  );
};

interface CellTexts {
  readonly count: number;
  readonly ofRow: number;
  readonly ofColumn: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

type CellContents = 'nothing' | 'count' | 'count and row' | 'everything';

/** As much as there is room for. */
function contentsOf(width: number, height: number): CellContents {
  if (width < 26) return 'nothing';
  if (height < 44 || width < 60) return 'count';
  return height < 70 ? 'count and row' : 'everything';
}

function cellNote(contents: CellContents, unit: string, t: Translate): string {
  switch (contents) {
    case 'everything':
      return t('Each cell: {0}, share of its row, share of its column.', unit);
    case 'count and row':
      return t('Each cell: {0}, share of its row; the table has the share of its column.', unit);
    case 'count':
      return t('Each cell: {0}; the table has the shares.', unit);
    case 'nothing':
      return t('There are too many classes to write numbers into cells; the table has them.');
  }
}

function cellTexts({ count, ofRow, ofColumn, x, y, width, height }: CellTexts, t: Translate): readonly SceneNode[] {
  const centred = (text: string, dy: number, className: string): SceneNode =>
    node('text', { class: className, x, y: y + dy, 'text-anchor': 'middle' }, text);
  switch (contentsOf(width, height)) {
    case 'nothing':
      return [];
    case 'count':
      return [centred(shortNumber(count), 4, 'small')];
    case 'count and row':
      return [centred(shortNumber(count), -2, 'strong'), centred(percent(ofRow), 13, 'small')];
    case 'everything':
      return [
        centred(formatNumber(count), -10, 'large'),
        centred(t('{0} of row', percent(ofRow)), 11, 'small'),
        centred(t('{0} of column', percent(ofColumn)), 25, 'small'),
      ];
  }
}

function finiteOr(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
