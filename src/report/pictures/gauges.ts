import { scaleLinear } from 'd3-scale';
import type { Translate } from '../../base/translate.ts';
import { valueInWords } from '../../checks/bounds.ts';
import type { Bound } from '../../checks/outcome.ts';
import { boundInWords, limitInWords } from '../outcome-words.ts';
import { standingOf } from '../status.ts';
import { hitBox, mark, whiskerAcross } from './marks.ts';
import { allowedRange, type Judged, outcomeSentence, pictureStatus } from './outcome-sentence.ts';
import { WIDTH } from './plot-area.ts';
import { group, node, type SceneNode } from './scene.ts';
import { axisNumber, nameWithin, widthOf } from './text.ts';

/** A check as a gauge shows it. */
export interface Gauged {
  /** What the value is, e.g. `ROC AUC`. */
  readonly label: string;
  readonly outcome: Judged;
}

const ROW = 38;
const LABEL = 118;
const TRACK = { left: LABEL + 12, right: WIDTH - 96 };
const MOST_GAUGES = 8;
/** How much smaller the class `small` is, and the room right of a track, in pixels. */
const SMALL = 10 / 11;
const BOUND_ROOM = WIDTH - TRACK.right - 10;

export function gaugesHeight(gauged: readonly Gauged[]): number {
  return shownGauges(gauged).length * ROW;
}

/**
 * One row for each check: its value and interval on a line where the allowed part is shaded, the bound a dashed stroke
 * with its number. Each row has a scale of its own, with its ends written below.
 */
export function gauges(gauged: readonly Gauged[], top: number, t: Translate): SceneNode {
  return group('gauges', ...shownGauges(gauged).map((each, index) => gaugeRow(each, top + index * ROW, t)));
}

function shownGauges(gauged: readonly Gauged[]): readonly Gauged[] {
  return gauged.filter(({ outcome }) => outcome.value !== null && Number.isFinite(outcome.value)).slice(0, MOST_GAUGES);
}

function gaugeRow({ label, outcome }: Gauged, top: number, t: Translate): SceneNode {
  const { value, interval, bound, status } = outcome;
  const middle = top + 16;
  const [low, high] = allowedRange(bound);
  const limits = [low, high].filter(Number.isFinite);
  const x = scaleAround([value ?? 0, ...(interval ?? []), ...limits], Number.isFinite(high) ? 'ceiling' : 'floor');
  const [least, most] = x.domain() as [number, number];
  const endWords = axisNumber([least, most]);
  const from = Number.isFinite(low) ? x(low) : TRACK.left;
  const to = Number.isFinite(high) ? x(high) : TRACK.right;
  const look = pictureStatus(standingOf(outcome), t);
  const drawn: SceneNode[] = [
    node('text', { x: LABEL, y: middle + 4, 'text-anchor': 'end' }, nameWithin(label, LABEL - 4)),
    node('rect', { class: 'track', x: TRACK.left, y: middle - 1, width: TRACK.right - TRACK.left, height: 2 }),
    node('text', { class: 'quiet small', x: TRACK.left, y: middle + 18, 'aria-hidden': 'true' }, endWords(least)),
    node(
      'text',
      { class: 'quiet small', x: TRACK.right, y: middle + 18, 'text-anchor': 'end', 'aria-hidden': 'true' },
      endWords(most),
    ),
    ...(limits.length > 0
      ? [node('rect', { class: 'allowed', x: from, y: middle - 8, width: Math.max(0, to - from), height: 16 })]
      : []),
    ...limits.map((limit) =>
      node('line', { class: 'bound', x1: x(limit), x2: x(limit), y1: middle - 10, y2: middle + 10 }),
    ),
    ...(interval === null ? [] : [whiskerAcross(middle, x(interval[0]), x(interval[1]), 'whisker-ink')]),
    node('circle', { class: status === 'fail' ? 'point-bad' : 'point', cx: x(value ?? 0), cy: middle, r: 5 }),
    node(
      'text',
      { class: 'strong', x: TRACK.right + 10, y: middle - 1 },
      `${look?.symbol ?? ''} ${valueInWords(value ?? 0, bound)}`,
    ),
    node('text', { class: 'quiet small', x: TRACK.right + 10, y: middle + 11 }, shortBound(bound, t)),
  ];
  return mark(outcomeSentence(label, outcome, t), hitBox(0, top, WIDTH, ROW), ...drawn);
}

/** The bound in words, or only its numbers where there is no room: a number that is cut would be another one. */
function shortBound(bound: Bound, t: Translate): string {
  const words = boundInWords(bound, t);
  if (widthOf(words) * SMALL <= BOUND_ROOM) return words;
  return nameWithin(
    Object.values(bound ?? {})
      .map(limitInWords)
      .join('; '),
    BOUND_ROOM / SMALL,
  );
}

/**
 * A scale that shows all the numbers with room around them. What may not be large is shown from 0, so that one sees how
 * much of what is allowed is used up; a floor is shown from near by.
 */
function scaleAround(numbers: readonly number[], bound: 'floor' | 'ceiling') {
  const least = Math.min(...numbers);
  const most = Math.max(...numbers);
  const span = most - least || Math.abs(most) * 0.2 || 1;
  // No share is below 0 or above 1, and what no share is loses nothing by it.
  const low = bound === 'ceiling' && least >= 0 ? 0 : Math.max(least - span * 0.3, least >= 0 ? 0 : -Infinity);
  const high = bound === 'ceiling' && least >= 0 ? most * 1.15 || 1 : most + span * 0.3;
  const domain = [low, most <= 1 ? Math.min(high, 1) : high];
  return scaleLinear(domain, [TRACK.left, TRACK.right]).nice(5);
}
