import type { PolicyPath } from '../policy-path.ts';
import type { Check } from '../schema.ts';
import type { Lint } from './context.ts';
import { lintDriftCheck } from './drift-check.ts';
import {
  lintAttestationCheck,
  lintDocumentCheck,
  lintExplanationCheck,
  lintOperationsCheck,
  lintReproducibilityCheck,
} from './evidence-checks.ts';
import { lintFairnessCheck } from './fairness-check.ts';
import { lintMetricCheck } from './metric-check.ts';
import { lintAgreementCheck, lintGapCheck, lintStabilityCheck } from './recomputed-checks.ts';
import { lintReportCheck } from './report-check.ts';

export function lintChecks(lint: Lint): void {
  const checks = Object.entries(lint.policy.checks);
  if (checks.length === 0) {
    lint.errorAtKey('no-checks', ['checks'], 'The policy checks nothing, so no model could ever pass; add a check.');
    return;
  }
  const binding = checks.some(([, check]) => check.severity !== 'advisory' && check.not_applicable === undefined);
  if (!binding) {
    const message = 'Every check is advisory or not applicable, so nothing decides; make one required.';
    lint.warnAtKey('nothing-required', ['checks'], message);
  }
  for (const [id, check] of checks) {
    lintCheck(lint, ['checks', id], check);
  }
}

type Kind = Check['check'];
type CheckOf<K extends Kind> = Extract<Check, { check: K }>;
type Rules = { readonly [K in Kind]: (lint: Lint, path: PolicyPath, check: CheckOf<K>) => void };

const RULES: Rules = {
  metric: lintMetricCheck,
  agreement: lintAgreementCheck,
  gap: lintGapCheck,
  stability: lintStabilityCheck,
  fairness: lintFairnessCheck,
  drift: lintDriftCheck,
  explanation: lintExplanationCheck,
  operations: lintOperationsCheck,
  report: lintReportCheck,
  document: lintDocumentCheck,
  reproducibility: lintReproducibilityCheck,
  attestation: lintAttestationCheck,
};

function lintCheck<K extends Kind>(lint: Lint, path: PolicyPath, check: CheckOf<K>): void {
  RULES[check.check as K](lint, path, check);
}
