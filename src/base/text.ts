/**
 * Controls, line separators, bidirectional marks, and what is drawn as nothing or as blank: Unicode's default-ignorable
 * code points (zero-width characters, soft hyphens, fillers, variation selectors, tags), interlinear marks, and the
 * empty Braille pattern.
 */
const INVISIBLE =
  /[\p{Cc}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Zl}\p{Zp}\u2800\ufeff\ufff9-\ufffb]|\p{Cs}/gu;

/**
 * The beginning of what a pipeline's runner obeys where a job prints it, so that a file's name or a comment could set
 * variables: `##vso[…]` of Azure Pipelines, in the midst of a line too, `##[…]` of GitHub, `##teamcity[…]`.
 */
export const RUNNER_COMMAND = /#(?=#[a-z]*\[)/gi;

/**
 * Untrusted text as a terminal may show it: one line, with every character that would move the cursor, change
 * colours, reorder or hide text, or begin a runner's command, written as `\u{…}`.
 */
export function escapeForTerminal(text: string): string {
  const written = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  const visible = isPlainAscii(text) ? text : text.replaceAll(INVISIBLE, written);
  return visible.replaceAll(RUNNER_COMMAND, written);
}

/** Whether every character is an ASCII letter, digit, mark or space. To compile Unicode's classes takes a millisecond. */
export function isPlainAscii(text: string): boolean {
  return /^[ -~]*$/.test(text);
}

/**
 * A number as people read it: four significant digits, thousands grouped, `0.8472`, `4,884`, `1.2e-9`.
 * Whole numbers below a quadrillion are written in full. Never used where a program reads the number.
 */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return 'not a number';
  if (!Number.isFinite(value)) return value > 0 ? 'infinity' : '-infinity';
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return groupThousands(String(value));
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e15) return tidyExponent(value.toExponential(3));
  return groupThousands(String(Number(value.toPrecision(size >= 1000 ? Math.max(4, digitsBeforePoint(size)) : 4))));
}

/**
 * A value and its bound, written so that they differ where the numbers differ: `0.79996` against `0.8`, never
 * "0.8 is below 0.8". Digits are added to `formatNumber` until the two texts differ.
 */
export function formatNumberAgainst(value: number, bound: number): string {
  const short = formatNumber(value);
  if (value === bound || short !== formatNumber(bound) || !Number.isFinite(value)) return short;
  for (let digits = 5; digits <= 17; digits += 1) {
    const longer = Number(value.toPrecision(digits));
    if (longer !== Number(bound.toPrecision(digits))) return String(longer);
  }
  return String(value);
}

/** `1 row`, `4,884 rows`. The plural adds an "s" unless it is given. */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatNumber(count)} ${count === 1 ? singular : plural}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listInWords(words: readonly string[], conjunction = 'and'): string {
  const last = words.at(-1);
  if (last === undefined) return '';
  if (words.length === 1) return last;
  return `${words.slice(0, -1).join(', ')} ${conjunction} ${last}`;
}

/** The first letter large, to begin a sentence. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function digitsBeforePoint(size: number): number {
  return Math.floor(Math.log10(size)) + 1;
}

function groupThousands(digits: string): string {
  const [whole = '', fraction] = digits.split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+(?!\d))/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

function tidyExponent(text: string): string {
  const [mantissa = '', exponent = ''] = text.split('e');
  return `${String(Number(mantissa))}e${exponent.replace('+', '')}`;
}
