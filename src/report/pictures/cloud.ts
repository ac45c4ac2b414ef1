import type { PointCloud } from '../../checks/plots/regression.ts';
import { f } from './marks.ts';
import { node, type SceneNode } from './scene.ts';

/** Opacities in `style.ts`. */
const LEVELS = 8;

/** Points, or cells that are the darker the more rows they hold (by the logarithm, so that single ones are seen). */
export function cloud(
  { points, grid }: PointCloud,
  x: (value: number) => number,
  y: (value: number) => number,
): readonly SceneNode[] {
  if (grid === undefined) {
    return [node('path', { class: 'dots-1', d: points.map(([at, up]) => `M${f(x(at))} ${f(y(up))}h0`).join('') })];
  }
  const most = Math.max(...grid.counts.flat());
  const paths = new Map<number, string>();
  for (const [line, counts] of grid.counts.entries()) {
    for (const [column, count] of counts.entries()) {
      if (count === 0) continue;
      const level = Math.max(1, Math.round((Math.log1p(count) / Math.log1p(most)) * LEVELS));
      const [left, right] = [x(grid.x[column] as number), x(grid.x[column + 1] as number)];
      const [bottom, top] = [y(grid.y[line] as number), y(grid.y[line + 1] as number)];
      const cell = `M${f(left)} ${f(top)}H${f(right)}V${f(bottom)}H${f(left)}Z`;
      paths.set(level, (paths.get(level) ?? '') + cell);
    }
  }
  return [...paths].map(([level, d]) => node('path', { class: `density density-${level}`, d }));
}
