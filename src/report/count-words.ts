import { formatNumber } from '../base/text.ts';
import type { Translate } from '../base/translate.ts';

/** `1 row`, `7,500 rows`, in the reader's language: what `countOf` says in English. */
export function rowsInWords(count: number, t: Translate): string {
  return count === 1 ? t('1 row') : t('{0} rows', formatNumber(count));
}

/** `1 run`, `10,000 runs`. */
export function runsInWords(count: number, t: Translate): string {
  return count === 1 ? t('1 run') : t('{0} runs', formatNumber(count));
}

/** `1 bin`, `10 bins`. */
export function binsInWords(count: number, t: Translate): string {
  return count === 1 ? t('1 bin') : t('{0} bins', formatNumber(count));
}

/** `1 measurement`, `7,500 measurements`. */
export function measurementsInWords(count: number, t: Translate): string {
  return count === 1 ? t('1 measurement') : t('{0} measurements', formatNumber(count));
}

/** `1 step`, `12 steps`. */
export function stepsInWords(count: number, t: Translate): string {
  return count === 1 ? t('1 step') : t('{0} steps', formatNumber(count));
}

/** `1 value`, `12 values`. */
export function valuesInWords(count: number, t: Translate): string {
  return count === 1 ? t('1 value') : t('{0} values', formatNumber(count));
}
