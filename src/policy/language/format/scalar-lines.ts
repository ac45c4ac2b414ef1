import { isScalar, type Node, visit } from 'yaml';
import { spanOf } from '../../yaml/to-plain.ts';

/** The lines, counted from 0, that go on with a scalar that began above: their blanks may be content. */
export function scalarLines(text: string, root: Node): ReadonlySet<number> {
  const lines = new Set<number>();
  const starts = lineStarts(text);
  visit(root, {
    Scalar: (_, node) => {
      if (!isScalar(node)) return;
      const [start, end] = spanOf(node);
      const first = lineAt(starts, start);
      const last = lineAt(starts, Math.max(start, end - 1));
      for (let line = first + 1; line <= last; line += 1) lines.add(line);
      // The first line of a block scalar is only its header, but a quoted text may end in blanks there.
      if (last > first && node.type?.startsWith('QUOTE') === true) lines.add(first);
    },
  });
  return lines;
}

/** Where each line starts. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** The line that an offset is on, counted from 0. */
export function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
