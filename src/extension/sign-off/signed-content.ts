import type { PreparedReply } from '../engine/tickets.ts';
import { t } from '../translation.ts';

/** A modal does not scroll and keeps its buttons below the text: this is what fits on a small laptop. */
const ROWS_OF_FIELDS = 15;
const ROWS_OF_REMARKS = 5;
const CHARACTERS_PER_ROW = 66;
const LONGEST_VALUE = 140;
const DIGEST = /\b([0-9a-f]{16})[0-9a-f]{48}\b/g;
const DIGEST_OF_FILE = / \(sha256 [0-9a-f]{64}\)/g;

/** What a signer should know though it is not part of what is signed. Sentences. */
export interface Surroundings {
  readonly runName?: string | undefined;
  /** How many checks hold. */
  readonly checks?: string | undefined;
  /** What happens as soon as it is signed. */
  readonly consequence?: string | undefined;
}

const NOTHING_BESIDE: Surroundings = {};

/** Fields that nobody decides by, or that another line of the summary says. */
const LEFT_OUT = new Set(['Project', 'Issued', 'Made with']);

/** What is signed, short enough for a modal: every decision in words, digests by their beginnings. */
export function summaryOf(
  { fields, model, digest, openPoints }: PreparedReply,
  { runName, checks, consequence }: Surroundings = NOTHING_BESIDE,
): readonly string[] {
  const lines = fields.flatMap(({ label, value }) => {
    // The digest over all files stands for them.
    if (label === 'Model files') return [t('Model files: {0}, together {1}…', model.files, model.id.slice(0, 16))];
    // People know a run by its name; what is signed is its id.
    if (label === 'Run' && runName !== undefined && runName !== value) return [`${label}: ${runName} (${value})`];
    return label.startsWith(' ') || LEFT_OUT.has(label) ? [] : [`${label}: ${shortened(value)}`];
  });
  const remarks = openPoints.map((point) => `• ${point}`);
  return [
    ...(consequence === undefined ? [] : [consequence, '']),
    ...fitting(checks === undefined ? lines : [...lines, checks], ROWS_OF_FIELDS),
    '',
    t('Digest of what is signed (sha256):'),
    digest,
    ...(remarks.length === 0 ? [] : ['', t('Keep in mind:'), ...fitting(remarks, ROWS_OF_REMARKS)]),
  ];
}

function shortened(value: string): string {
  const short = value.replaceAll(DIGEST_OF_FILE, '').replaceAll(DIGEST, '$1…');
  return short.length <= LONGEST_VALUE ? short : `${short.slice(0, LONGEST_VALUE - 1)}…`;
}

/** As many lines as fit into the rows; what had to be left out is said. */
function fitting(lines: readonly string[], rows: number): readonly string[] {
  const shown: string[] = [];
  let left = rows;
  for (const line of lines) {
    left -= Math.ceil(line.length / CHARACTERS_PER_ROW);
    if (left < 0) return [...shown, t('… and {0} more: see “Show Everything”.', lines.length - shown.length)];
    shown.push(line);
  }
  return shown;
}
