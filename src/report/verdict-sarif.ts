import { REFUSAL_CODES } from '../approval/refusal-codes.ts';
import type { Verdict } from '../approval/verdict.ts';
import { renderSarif, type SarifResult } from './sarif.ts';

const NOT_APPROVED = 'not-approved';

/** Reasons against the model as errors at the policy, ignored files as notes. `policyPath` is relative to the repository. */
export function renderVerdictSarif(verdict: Verdict, environment: string, policyPath: string): string {
  const atPolicy = { path: policyPath, line: 1, column: 1 };
  const reasons = verdict.reasons.map(
    ({ code, message }): SarifResult => ({ rule: code, level: 'error', message, place: atPolicy }),
  );
  if (!verdict.approved && reasons.length === 0)
    reasons.push({ rule: NOT_APPROVED, level: 'error', message: 'The model is not approved.', place: atPolicy });
  const ignored = verdict.ignored.map(
    ({ file, code, message }): SarifResult => ({
      rule: code,
      level: 'note',
      message,
      place: { path: file, line: 1, column: 1 },
    }),
  );
  const results = [...reasons, ...ignored];
  const codes = [...new Set(results.map(({ rule }) => rule))].sort();
  return renderSarif({
    rules: codes.map((id) => ({ id, title: meaningOf(id) })),
    results,
    properties: { approved: verdict.approved, environment },
  });
}

function meaningOf(code: string): string {
  const meanings: Readonly<Record<string, string>> = REFUSAL_CODES;
  return Object.hasOwn(meanings, code) ? (meanings[code] ?? code) : code;
}
