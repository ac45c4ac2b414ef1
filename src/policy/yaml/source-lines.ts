import type { SourceRange } from '../../base/result.ts';

const BYTE_ORDER_MARK = 0xfeff;

/** Turns offsets of one text into ranges with lines and columns, which never reach outside the text. */
export interface SourceLines {
  range(start: number, end: number): SourceRange;
}

/** A byte order mark has an offset but no column: no editor shows it. */
export function sourceLines(text: string): SourceLines {
  const starts = [text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    starts.push(at + 1);
  }
  return {
    range(start, end) {
      const offset = clamp(start, text.length);
      const length = clamp(end, text.length) - offset;
      const line = lineAt(starts, offset);
      const column = Math.max(1, offset - (starts[line - 1] ?? 0) + 1);
      return { offset, length: Math.max(0, length), line, column };
    },
  };
}

function clamp(offset: number, longest: number): number {
  return Math.min(Math.max(0, offset), longest);
}

function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low + 1;
}
