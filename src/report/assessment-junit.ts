import { inEnglish } from '../base/translate.ts';
import type { Outcome } from '../checks/outcome.ts';
import type { ReadableAssessment } from './assessment-text.ts';
import { weightOf } from './blocking.ts';
import { type JunitCase, type JunitResult, renderJunit } from './junit.ts';
import { boundInWords, STATUS_WORDS, valueInWords } from './outcome-words.ts';
import { standingOf } from './status.ts';

/**
 * The assessment as a test suite: one test for each check, and one for the whole, so that no reader takes an assessment
 * that is not ok for a green suite. An advisory check that is not ok is skipped, since JUnit knows no warnings.
 */
export function renderAssessmentJunit(assessment: ReadableAssessment): string {
  const { project, model, run, policy, summary, outcomes } = assessment;
  return renderJunit({
    name: `${project}/${model}`,
    properties: [
      ['run', run.id],
      ['run name', run.name],
      ['policy', policy.path],
      ['policy sha256', policy.sha256],
    ],
    cases: [...outcomes.map(caseOf), wholeOf(summary.ok)],
  });
}

function caseOf(outcome: Outcome): JunitCase {
  return { className: outcome.check, name: `${outcome.id}: ${outcome.title}`, result: resultOf(outcome) };
}

function resultOf(outcome: Outcome): JunitResult {
  const { status } = outcome;
  const weight = weightOf(outcome);
  const message = messageOf(outcome);
  if (weight === 'blocks') return { kind: status === 'not_evaluable' ? 'error' : 'failure', type: status, message };
  if (weight === 'advises') return { kind: 'skipped', type: status, message: `advisory: ${message}` };
  const standing = standingOf(outcome);
  const passed = standing === 'pass' || standing === 'attested';
  return passed ? { kind: 'passed' } : { kind: 'skipped', type: standing, message };
}

function messageOf(outcome: Outcome): string {
  const numbers = outcome.value === null ? '' : ` (${valueInWords(outcome)} ${boundInWords(outcome.bound, inEnglish)})`;
  return `${STATUS_WORDS[standingOf(outcome)].word}${numbers.replace(/ \)$/, ')')}: ${outcome.message}`;
}

function wholeOf(isOk: boolean): JunitCase {
  const message = 'Some required checks are not ok, or not one was evaluated.';
  return {
    className: 'assessment',
    name: 'every required check is ok',
    result: isOk ? { kind: 'passed' } : { kind: 'failure', type: 'not-ok', message },
  };
}
