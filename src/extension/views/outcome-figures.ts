import { formatNumber } from '../../base/text.ts';
import type { Outcome } from '../../checks/outcome.ts';
import { boundInWords } from '../../report/outcome-words.ts';
import { t } from '../translation.ts';

/** `0.8472  ≥ 0.8`, or `0.79  needs ≥ 0.8`; empty where there is no number. */
export function numbersInWords({ value, bound, status }: Pick<Outcome, 'value' | 'bound' | 'status'>): string {
  if (value === null) return '';
  // `0.79  ≥ 0.8` reads like a mistake of ours; a word between the two says that the bound is missed.
  const limit = boundInWords(bound, t);
  if (limit === '') return formatNumber(value);
  return status === 'fail' ? t('{0}  needs {1}', formatNumber(value), limit) : `${formatNumber(value)}  ${limit}`;
}
