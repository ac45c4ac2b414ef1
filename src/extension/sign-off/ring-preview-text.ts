import { escapeForTerminal } from '../../base/text.ts';
import type { RingPreview } from '../../pipeline/doorbell.ts';
import { t } from '../translation.ts';
import { visible } from '../visible-text.ts';

/** A modal does not scroll: so many lines of bodies fit where one system is told, and fewer beside others. */
const MOST_BODY_LINES = 12;
const LINES_AROUND_BODY = 5;
/** More systems than these are named without their calls. */
const MOST_CALLS = 3;

/** The calls as a modal has room for them; `cut` where something is left out. */
export function previewLines(rings: readonly RingPreview[]): {
  readonly lines: readonly string[];
  readonly cut: 'cut' | 'whole';
} {
  if (rings.length > MOST_CALLS) return { lines: ['', ...rings.map(({ title }) => visible(title))], cut: 'cut' };
  const room = (MOST_BODY_LINES + LINES_AROUND_BODY) / Math.max(1, rings.length);
  const most = Math.max(0, Math.floor(room) - LINES_AROUND_BODY);
  const cut = rings.some(({ body }) => linesOf(body).length > most) ? 'cut' : 'whole';
  return {
    lines: rings.flatMap((ring) => ['', ...headOf(ring).map((line) => visible(line)), ...bodyLines(ring, most)]),
    cut,
  };
}

/** Everything that is sent, for reading at leisure. */
export function previewText(rings: readonly RingPreview[]): string {
  const blocks = rings.map((ring) => [...headOf(ring), '', ...linesOf(ring.body)].map(escapeForTerminal).join('\n'));
  return `${blocks.join('\n\n\n')}\n`;
}

function headOf({ title, note, method, url }: RingPreview): string[] {
  return [title, ...(note === undefined ? [] : [note]), `${method} ${url}`];
}

function bodyLines({ body }: RingPreview, most: number): string[] {
  const lines = linesOf(body);
  const left = lines.length - most;
  if (left <= 0) return lines.map((line) => visible(line));
  // Where there is room for none of it, a line that says so would be one too many.
  if (most === 0) return [];
  return [...lines.slice(0, most).map((line) => visible(line)), t('… and {0} more lines', left)];
}

function linesOf(body: string): readonly string[] {
  return body === '' ? [] : body.split('\n');
}
