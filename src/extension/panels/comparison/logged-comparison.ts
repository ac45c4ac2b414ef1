import { formatNumber } from '../../../base/text.ts';
import { type Change, changeOf } from '../../../checks/comparison/compare-outcomes.ts';
import type { Policy } from '../../../policy/schema.ts';
import { codeCell, EMPTY_CELL, numberCell } from '../../../report/document/cells.ts';
import type { PlainTable } from '../../../report/document/tables.ts';
import type { ComparedRun } from '../../engine/compare.ts';
import type { Cell, Row } from '../../protocol.ts';
import { t } from '../../translation.ts';
import { changeCell } from './change-words.ts';
import type { RunNames } from './check-comparison.ts';

const WORST_FIRST: readonly Change[] = ['worse', 'unknown', 'better', 'same', 'unclear'];

/** What both runs logged last, regressions first. Which direction is better only the policy's own checks say. */
export function loggedTable(
  first: ComparedRun,
  second: ComparedRun,
  { policy, names }: { readonly policy: Policy; readonly names: RunNames },
): readonly PlainTable[] {
  const directions = directionsIn(policy);
  const rows = [...new Set([...first.metrics.keys(), ...second.metrics.keys()])]
    .toSorted()
    .map((name) => {
      const [a, b] = [first.metrics.get(name)?.value, second.metrics.get(name)?.value];
      return { name, a, b, change: changeOfLogged(a, b, directions.get(name)) };
    })
    .toSorted((one, other) => WORST_FIRST.indexOf(one.change) - WORST_FIRST.indexOf(other.change))
    .map(
      ({ name, a, b, change }): Row => ({
        id: name,
        attention: change === 'same' ? 'none' : 'needed',
        cells: [
          change === 'unknown' ? EMPTY_CELL : changeCell(change),
          codeCell(name),
          numberCell(a),
          numberCell(b),
          differenceCell(a, b),
        ],
      }),
    );
  if (rows.length === 0) return [];
  return [
    {
      id: 'metrics',
      title: t('Logged metrics'),
      lead: t(
        'The latest value of each. Where no check of the policy says which direction is better, neither is said here.',
      ),
      columns: [
        { title: t('Change') },
        { title: t('Metric') },
        { title: names.first, kind: 'number' },
        { title: names.second, kind: 'number' },
        { title: t('Difference'), kind: 'number' },
      ],
      rows,
    },
  ];
}

/** 1 where the policy wants a logged metric to be great, -1 where small. */
function directionsIn(policy: Policy): ReadonlyMap<string, 1 | -1> {
  const directions = new Map<string, 1 | -1>();
  for (const check of Object.values(policy.checks)) {
    // Others bound something that they make of it, such as how it varies.
    if ((check.check !== 'metric' && check.check !== 'operations') || check.logged === undefined) continue;
    const isGreater =
      'greater_is_better' in check && check.greater_is_better !== undefined
        ? check.greater_is_better
        : directionOfBounds(check);
    if (isGreater !== undefined) directions.set(check.logged, isGreater ? 1 : -1);
  }
  return directions;
}

function directionOfBounds(check: object): boolean | undefined {
  const [hasFloor, hasCeiling] = ['min', 'max'].map((key) => Object.hasOwn(check, key));
  return hasFloor === hasCeiling ? undefined : hasFloor;
}

function changeOfLogged(first: number | undefined, second: number | undefined, direction: 1 | -1 | undefined): Change {
  if (first === undefined || second === undefined) return 'unknown';
  if (Object.is(first, second)) return 'same';
  return direction === undefined ? 'unknown' : changeOf({ drop: direction * (second - first), interval: null });
}

function differenceCell(first: number | undefined, second: number | undefined): Cell {
  if (first === undefined || second === undefined) return numberCell(null);
  const difference = first - second;
  if (difference === 0) return { text: '0', kind: 'number', tone: 'quiet' };
  if (!Number.isFinite(difference)) return numberCell(null);
  return { text: `${difference > 0 ? '+' : ''}${formatNumber(difference)}`, kind: 'number' };
}
