import type { Assessment } from '../checks/assessment.ts';
import { assessmentDifferences } from './assessments-agree.ts';
import { signedAssessment } from './signed-assessment.ts';
import type { SignedStatement } from './signed-statement.ts';
import { type ApprovalSituation, countedByHead, ignoredByHead, type SituatedModel } from './situation.ts';

/** An approval that was given for something else than what is here now. */
export interface StaleApproval {
  readonly changed: 'model' | 'policy' | 'assessment';
  /** Who, and what has changed since. */
  readonly message: string;
}

const CHANGED: Readonly<Record<string, StaleApproval['changed']>> = {
  'model-changed': 'model',
  'policy-changed': 'policy',
};

/**
 * The approvals of this run that have gone stale, and by what. Model and policy make an approval void. An assessment that
 * comes out otherwise today does not: what was signed stays signed, and only `verify --recheck` refuses it.
 */
export function staleApprovals(
  situation: ApprovalSituation,
  subject: SituatedModel,
  fresh: Assessment,
): readonly StaleApproval[] {
  const voided = ignoredByHead(situation, subject).flatMap(({ code, message }): StaleApproval[] => {
    const changed = CHANGED[code];
    return changed === undefined ? [] : [{ changed, message }];
  });
  const outdated = countedByHead(situation, subject).flatMap((approval): StaleApproval[] => {
    if (approval.statement.predicate.decision !== 'approve') return [];
    const [difference] = differencesFrom(fresh, approval, situation);
    const who = `The approval of ${approval.person} (${approval.statement.predicate.role})`;
    return difference === undefined
      ? []
      : [{ changed: 'assessment', message: `${who} is of an assessment that comes out otherwise now. ${difference}` }];
  });
  return [...voided, ...outdated];
}

/** In what the assessment that an approval names differs from one of today. Against whom it was compared is told elsewhere. */
export function differencesFrom(
  fresh: Assessment,
  approval: SignedStatement,
  situation: Pick<ApprovalSituation, 'folder' | 'assessments'>,
): readonly string[] {
  const found = signedAssessment([approval], situation);
  if ('refusal' in found) return [found.refusal.message];
  const { assessment: signed } = found;
  return assessmentDifferences({ ...signed, baseline: fresh.baseline }, fresh);
}
