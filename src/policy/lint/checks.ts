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

/** An answer to yes or no, or a stand-in for nothing: whoever writes it may mean that the check does apply. */
const NO_REASON = /^(?:no|not|yes|y|n|on|off|true|false|none|null|nil|n\/?a|tbd|todo|[-–—.?~0-9]*)$/i;

function lintCheck<K extends Kind>(lint: Lint, path: PolicyPath, check: CheckOf<K>): void {
  const reason = check.not_applicable?.trim();
  if (reason !== undefined && NO_REASON.test(reason)) {
    const message = `"${reason}" is no reason why the check does not apply; write one, or remove "not_applicable" where it does.`;
    lint.errorAtValue('reason-missing', [...path, 'not_applicable'], message);
  }
  RULES[check.check as K](lint, path, check);
}
