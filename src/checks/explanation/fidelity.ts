import { countOf, formatNumber } from '../../base/text.ts';
import type { LimeExplanation } from '../../evidence/explanations/lime.ts';
import { valueInWords } from '../bounds.ts';
import { type ExplanationPart, partNotEvaluable } from './explanation-part.ts';
import { judgePart } from './judge-part.ts';

/** The least score (R² of the local surrogate) over the explained rows; every row must have one. */
export function fidelityPart({ rows }: LimeExplanation, least: number): ExplanationPart {
  const scores = rows.map(({ score }) => score ?? Number.NaN);
  const without = scores.findIndex((score) => !Number.isFinite(score));
  if (without >= 0) {
    return partNotEvaluable(
      'fidelity',
      `Explained row ${without + 1} has no score that is a finite number.`,
      rows.length,
    );
  }
  const value = scores.reduce((worst, score) => Math.min(worst, score), Number.POSITIVE_INFINITY);
  const row = scores.indexOf(value) + 1;
  return judgePart(
    'fidelity',
    { value, rows: rows.length },
    { key: 'min', value: least },
    {
      reason: `Of ${countOf(rows.length, 'explained row')} the local explanation fits worst in row ${row}, with R² ${valueInWords(value, { min: least })}; at least ${formatNumber(least)} is required.`,
      undefinedReason: 'No row is explained.',
    },
  );
}
