import type { Assessment } from '../checks/assessment.ts';
import type { Outcome } from '../checks/outcome.ts';

const RELATIVE_TOLERANCE = 1e-9;

/**
 * Whether two assessments say the same about the same inputs: equal but for the program's version, the words, and
 * numbers within 1e-9 relative, which another machine's arithmetic may give. Then people can sign the one that is there.
 */
export function assessmentsAgree(a: Assessment, b: Assessment): boolean {
  const inputs = (each: Assessment) => [
    each.project,
    each.model,
    each.run.id,
    each.policy.sha256,
    each.model_id,
    each.baseline,
  ];
  return (
    JSON.stringify(inputs(a)) === JSON.stringify(inputs(b)) &&
    a.outcomes.length === b.outcomes.length &&
    a.outcomes.every((outcome, index) => {
      const other = b.outcomes[index];
      return other !== undefined && outcomesAgree(outcome, other);
    })
  );
}

function outcomesAgree(a: Outcome, b: Outcome): boolean {
  return near(essence(a), essence(b));
}

function essence({ id, check, severity, status, value, bound, interval, rows, formula, parts, evidence }: Outcome) {
  return { id, check, severity, status, value, bound, interval, rows, formula, parts, evidence };
}

/** Deep equality with a tolerance for numbers. Written so that a NaN is near nothing. */
function near(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number') {
    return a === b || Math.abs(a - b) <= RELATIVE_TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every(
      (key) => Object.hasOwn(b, key) && near((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
    )
  );
}
