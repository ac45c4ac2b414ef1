import { formatNumber } from '../../base/text.ts';
import type { Translate } from '../../base/translate.ts';
import type { OperatingPoint } from '../../checks/plots/plot.ts';

/** What is counted where rows may have weights. */
export type CountedUnit = 'rows' | 'weight';

/** Within a sentence. */
export function unitWord(unit: CountedUnit, t: Translate): string {
  return unit === 'rows' ? t('rows') : t('weight');
}

/** At the head of a column. */
export function unitTitle(unit: CountedUnit, t: Translate): string {
  return unit === 'rows' ? t('Rows') : t('Weight');
}

/** `threshold 0.5`; where a curve begins there is none. */
export function thresholdWords(threshold: number | null, t: Translate): string {
  return threshold === null ? t('above every score') : t('threshold {0}', formatNumber(threshold));
}

/** Where the model decides; without a threshold where a column holds the predictions. */
export function operatingWords({ threshold }: OperatingPoint, t: Translate): string {
  return threshold === undefined ? t('Operating point') : t('Operating point, threshold {0}', formatNumber(threshold));
}

/** The heads of two columns that hold an interval; none where no row has one. */
export function intervalTitles(shown: boolean, t: Translate): readonly string[] {
  return shown ? [t('Interval from'), t('Interval to')] : [];
}

/** Sentences one after the other; those that are empty are left out. */
export function sentences(...each: readonly string[]): string {
  return each.filter((sentence) => sentence !== '').join(' ');
}
