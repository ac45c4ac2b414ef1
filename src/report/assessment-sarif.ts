import type { Outcome } from '../checks/outcome.ts';
import type { ReadableAssessment } from './assessment-text.ts';
import { weightOf } from './blocking.ts';
import { STATUS_WORDS } from './outcome-words.ts';
import { renderSarif, type SarifResult } from './sarif.ts';

const WHOLE = { id: 'assessment', title: 'Every required check is ok' };

/**
 * What must be put right, as findings at the policy's lines: a required check that is not ok is an error, an advisory one
 * a warning, a waived one a suppressed error. What is ok is no finding. `policyPath` is relative to the repository.
 */
export function renderAssessmentSarif(assessment: ReadableAssessment, policyPath: string): string {
  const { project, model, run, summary, outcomes } = assessment;
  const results = outcomes.flatMap((outcome) => resultOf(outcome, policyPath));
  const explained = results.some(({ level, putAside }) => level === 'error' && putAside === undefined);
  return renderSarif({
    rules: [...outcomes.map(({ id, title }) => ({ id, title })), WHOLE],
    results: summary.ok || explained ? results : [...results, nothingEvaluated(policyPath)],
    properties: { project, model, run: run.id, ok: summary.ok },
  });
}

function resultOf(outcome: Outcome, path: string): SarifResult[] {
  const weight = weightOf(outcome);
  if (weight === 'ok' && outcome.status !== 'waived') return [];
  return [
    {
      rule: outcome.id,
      level: weight === 'advises' ? 'warning' : 'error',
      message: `${STATUS_WORDS[outcome.status].word}: ${outcome.message}`,
      place: { path, ...outcome.source },
      ...(outcome.status === 'waived' ? { putAside: 'waived' as const } : {}),
    },
  ];
}

/** An assessment that is not ok must never look like one without findings. */
function nothingEvaluated(path: string): SarifResult {
  const message = 'Not one check was evaluated and passed, which is never a pass.';
  return { rule: WHOLE.id, level: 'error', message, place: { path, line: 1, column: 1 } };
}
