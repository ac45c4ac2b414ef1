import { inEnglish, type Translate } from '../../base/translate.ts';
import type { Plot } from '../../checks/plots/plot.ts';
import { drawBeeswarm } from './beeswarm.ts';
import { drawCalibration } from './calibration.ts';
import { drawConfusion } from './confusion.ts';
import type { Draw, DrawingContext } from './drawing.ts';
import { drawDrift } from './drift.ts';
import { drawRuns, drawSteps } from './history.ts';
import { drawImportance } from './importance.ts';
import { drawParts } from './parts.ts';
import { drawPercentiles } from './percentiles.ts';
import type { Picture, PictureSection } from './picture.ts';
import { drawPrecisionRecall } from './precision-recall.ts';
import { drawRanking } from './ranking.ts';
import { drawPredictedActual, drawResiduals } from './regression.ts';
import { drawRoc } from './roc.ts';
import { drawScoreDistribution } from './score-distribution.ts';
import { drawValues } from './values.ts';

const DRAWERS: { readonly [Kind in Plot['kind']]: Draw<Kind> } = {
  roc: drawRoc,
  'precision-recall': drawPrecisionRecall,
  confusion: drawConfusion,
  calibration: drawCalibration,
  'score-distribution': drawScoreDistribution,
  'predicted-actual': drawPredictedActual,
  residuals: drawResiduals,
  ranking: drawRanking,
  parts: drawParts,
  drift: drawDrift,
  importance: drawImportance,
  beeswarm: drawBeeswarm,
  percentiles: drawPercentiles,
  steps: drawSteps,
  runs: drawRuns,
  values: drawValues,
};

const SECTIONS = ['performance', 'groups', 'stability', 'explanation', 'operations', 'history'] as const;
type SectionId = (typeof SECTIONS)[number];

/**
 * The pictures of a run's plots, under the headings by which people look for them; headings without any are left out.
 * They speak English where no translation is given.
 */
export function drawPictures(
  plots: readonly Plot[],
  { t = inEnglish, ...given }: Omit<DrawingContext, 't'> & Partial<Pick<DrawingContext, 't'>>,
): readonly PictureSection[] {
  const context: DrawingContext = { ...given, t };
  const sections = new Map<SectionId, Picture[]>();
  for (const plot of plots) {
    const picture = drawOne(plot, context);
    if (picture === undefined) continue;
    const id = sectionOf(plot);
    sections.set(id, [...(sections.get(id) ?? []), picture]);
  }
  return SECTIONS.flatMap((id) => {
    const pictures = sections.get(id);
    return pictures === undefined ? [] : [{ id, title: sectionTitle(id, t), pictures }];
  });
}

function drawOne(plot: Plot, context: DrawingContext): Picture | undefined {
  const draw = DRAWERS[plot.kind] as Draw<Plot['kind']>;
  try {
    return draw(plot as never, context);
  } catch (error) {
    if (context.onFault === undefined) throw error;
    context.onFault(error);
    return undefined;
  }
}

function sectionOf(plot: Plot): SectionId {
  switch (plot.kind) {
    case 'parts':
      return plot.about === 'slices' || plot.about === 'fairness' ? 'groups' : 'stability';
    case 'drift':
    case 'steps':
      return 'stability';
    case 'importance':
    case 'beeswarm':
      return 'explanation';
    case 'percentiles':
    case 'values':
      return 'operations';
    case 'runs':
      return 'history';
    default:
      return 'performance';
  }
}

function sectionTitle(id: SectionId, t: Translate): string {
  const titles: Readonly<Record<SectionId, string>> = {
    performance: t('Performance'),
    groups: t('Groups and fairness'),
    stability: t('Stability and drift'),
    explanation: t('Explanation'),
    operations: t('Operation and other numbers'),
    history: t('History over the runs'),
  };
  return titles[id];
}
