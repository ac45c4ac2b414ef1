import { formatNumber } from '../../base/text.ts';

const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const UNKNOWN = '·';

/** Values over time as a line of bars, oldest first: the lowest is the least bar. What is unknown or not finite is a dot. */
export function sparkline(values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null && Number.isFinite(value)) as number[];
  const low = Math.min(...known);
  const span = Math.max(...known) - low;
  return values
    .map((value) => {
      if (value === null || !Number.isFinite(value)) return UNKNOWN;
      const height = span > 0 && Number.isFinite(span) ? (value - low) / span : 0.5;
      return BARS[Math.min(BARS.length - 1, Math.floor(height * BARS.length))];
    })
    .join('');
}

/** `▂▄▇  0.81 → 0.85 over 5 runs`; undefined where fewer than two values are known. */
export function historyText(values: readonly (number | null)[]): string | undefined {
  const known = values.filter((value) => value !== null && Number.isFinite(value)) as number[];
  const [first] = known;
  const last = known.at(-1);
  if (known.length < 2 || first === undefined || last === undefined) return undefined;
  return `${sparkline(values)}  ${formatNumber(first)} → ${formatNumber(last)} over ${values.length} runs`;
}
