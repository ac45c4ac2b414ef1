import type { Translate } from '../../base/translate.ts';
import type { Plot } from '../../checks/plots/plot.ts';
import { metricLabel } from '../../checks/words.ts';
import type { Check, Policy } from '../../policy/schema.ts';
import { type DataCell, dataTable } from './data-table.ts';
import { type Gauged, gauges, gaugesHeight } from './gauges.ts';
import { type Judged, outcomesSentence, pictureStatus, worstStanding } from './outcome-sentence.ts';
import type { Picture, ThresholdSlider } from './picture.ts';
import { WIDTH } from './plot-area.ts';
import type { SceneNode } from './scene.ts';

/** What a picture is drawn from besides its plot. */
export interface DrawingContext {
  readonly policy: Policy;
  /** Every outcome by its check's id, with what people said laid over it where that is known. */
  readonly outcomes: ReadonlyMap<string, Judged>;
  /** Takes what goes wrong with one picture, which is left out then; it is thrown when not given. */
  readonly onFault?: (error: unknown) => void;
  /** Puts what a picture says into the reader's language; names of data, checks and metrics stay as they are. */
  readonly t: Translate;
}

export type Draw<Kind extends Plot['kind']> = (
  plot: Extract<Plot, { readonly kind: Kind }>,
  context: DrawingContext,
) => Picture | undefined;

/** The checks that a plot explains, as gauges name them. */
export function gaugedOf({ checks }: Pick<Plot, 'checks'>, { policy, outcomes, t }: DrawingContext): readonly Gauged[] {
  return checks.flatMap((id) => {
    const outcome = outcomes.get(id);
    const check = policy.checks[id];
    return outcome === undefined || check === undefined ? [] : [{ label: shortLabel(check, outcome, t), outcome }];
  });
}

/** What a check's value is, in as few words as there is room for. */
export function shortLabel(check: Check, { title }: Pick<Judged, 'title'>, t: Translate): string {
  switch (check.check) {
    case 'metric':
      return check.metric === undefined ? (check.logged ?? title) : shortMetric(check.metric, t);
    case 'agreement':
      return `Δ ${metricLabel(check.metric)}`;
    case 'gap':
      return t('{0} gap', metricLabel(check.metric));
    case 'fairness':
      return metricLabel(check.metric);
    case 'stability':
      return t('{0} of {1}', check.statistic, check.logged);
    case 'drift':
      return metricLabel(check.method);
    case 'operations':
      return check.statistic ?? check.logged ?? title;
    default:
      return title;
  }
}

function shortMetric(metric: string, t: Translate): string {
  return metric === 'expected_calibration_error' ? t('Calibration error') : metricLabel(metric);
}

/** The parts of a picture that differ from kind to kind. */
export interface Drawn {
  readonly title: string;
  /** What is said where no check is about the picture. */
  readonly sentence: string;
  readonly note?: string;
  /** Height without the gauges, which are added below. */
  readonly height: number;
  readonly nodes: readonly SceneNode[];
  readonly columns: readonly string[];
  readonly rows: readonly (readonly DataCell[])[];
  readonly slider?: ThresholdSlider;
  /** `none` where the drawing has the bounds itself. */
  readonly gauges?: 'none';
}

/** Puts a picture together: its checks' gauges below the drawing, their sentences above it, the table behind it. */
export function finished(plot: Pick<Plot, 'id' | 'checks'>, drawn: Drawn, context: DrawingContext): Picture {
  const gauged = gaugedOf(plot, context);
  const below = drawn.gauges === 'none' ? 0 : gaugesHeight(gauged);
  const { slider } = drawn;
  return {
    id: plot.id,
    checks: plot.checks,
    title: drawn.title,
    sentence: outcomesSentence(gauged, drawn.sentence, context.t),
    status: pictureStatus(worstStanding(gauged.map(({ outcome }) => outcome)), context.t),
    note: drawn.note ?? '',
    scene: {
      width: WIDTH,
      height: drawn.height + below,
      nodes: below === 0 ? drawn.nodes : [...drawn.nodes, gauges(gauged, drawn.height, context.t)],
    },
    ...dataTable(drawn.columns, drawn.rows),
    ...(slider === undefined ? {} : { slider }),
  };
}
