import type { Check, CheckKind } from '../policy/schema.ts';
import { checkAgreement } from './agreement.ts';
import { checkAttestation } from './attestation.ts';
import type { CheckContext, CheckFunction, Finding } from './check-context.ts';
import { checkDocument } from './document.ts';
import { checkDrift } from './drift.ts';
import { checkExplanation } from './explanation.ts';
import { checkFairness } from './fairness.ts';
import { checkGap } from './gap.ts';
import { checkMetric } from './metric.ts';
import { checkOperations } from './operations.ts';
import { checkReport } from './report.ts';
import { checkReproducibility } from './reproducibility.ts';
import { checkStability } from './stability.ts';

type Kinds = { readonly [Kind in CheckKind]: CheckFunction<Extract<Check, { readonly check: Kind }>> };

const KINDS: Kinds = {
  metric: checkMetric,
  agreement: checkAgreement,
  gap: checkGap,
  stability: checkStability,
  fairness: checkFairness,
  drift: checkDrift,
  explanation: checkExplanation,
  operations: checkOperations,
  report: checkReport,
  document: checkDocument,
  reproducibility: checkReproducibility,
  attestation: checkAttestation,
};

/** Evaluates a check by its kind. */
export function evaluate(check: Check, context: CheckContext): Promise<Finding> {
  const kind = KINDS[check.check] as CheckFunction<Check>;
  return kind(check, context);
}
