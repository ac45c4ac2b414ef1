import { listInWords } from '../base/text.ts';
import type { Finding } from './check-context.ts';
import type { EvidenceFile, OutcomePart, OutcomeStatus } from './outcome.ts';

/** One thing that a check demands, beside others; all of them must hold. */
export interface Requirement {
  readonly name: string;
  readonly status: Extract<OutcomeStatus, 'pass' | 'fail' | 'not_evaluable'>;
  /** Why it does not hold, to follow the subject ("the document"); empty when it holds. */
  readonly complaint: string;
}

export function holds(name: string): Requirement {
  return { name, status: 'pass', complaint: '' };
}

export function fails(name: string, complaint: string): Requirement {
  return { name, status: 'fail', complaint };
}

export function cannotTell(name: string, complaint: string): Requirement {
  return { name, status: 'not_evaluable', complaint };
}

/**
 * A finding whose parts are requirements: the worst decides, and the message says what is wrong with each of those
 * that are as bad.
 *
 * @param subject what the complaints are about, to begin a sentence
 * @param whenAllHold the whole sentence when nothing is wrong
 */
export function requirementsFinding(
  requirements: readonly Requirement[],
  say: { readonly subject: string; readonly whenAllHold: string },
  evidence: readonly EvidenceFile[],
): Finding {
  const status = worst(requirements);
  const complaints = requirements.filter((each) => each.status === status && each.complaint !== '');
  const said = listInWords([...new Set(complaints.map(({ complaint }) => complaint))]);
  return {
    status,
    value: null,
    bound: null,
    interval: null,
    rows: null,
    formula: null,
    parts: requirements.map(
      ({ name, status: own }): OutcomePart => ({ name, status: own, value: null, interval: null, rows: null }),
    ),
    message: status === 'pass' ? say.whenAllHold : `${say.subject} ${said}.`,
    evidence,
  };
}

/** No requirement at all proves nothing. */
function worst(requirements: readonly Requirement[]): Requirement['status'] {
  for (const status of ['fail', 'not_evaluable'] as const) {
    if (requirements.some((requirement) => requirement.status === status)) return status;
  }
  return requirements.length > 0 ? 'pass' : 'not_evaluable';
}
