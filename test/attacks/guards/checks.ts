// What was signed about the model, and what people may say of it.
import { ASSESSMENT, GROUP, type Guard, passes, WALK } from './guard.ts';

const AUTOMATIC = 'rules.policy.signoff.environments[rules.environment]?.automatic === true';

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: they are source text.
export const CHECKS: readonly Guard[] = [
  {
    guard: 'something was evaluated',
    edits: [[WALK, 'if (evaluated === 0) {', 'if (false) {']],
    stops: [
      'nobody-or-too-few/every-check-declared-not-applicable',
      'nobody-or-too-few/nothing-but-an-advisory-check-that-failed',
      'nobody-or-too-few/nothing-but-an-advisory-attestation-that-calls-itself-passed',
    ],
  },
  {
    guard: 'an assessment that can not be judged refuses',
    edits: [[GROUP, "'refusal' in found ? [found.refusal] : walkChecks", "'refusal' in found ? [] : walkChecks"]],
    stops: ['assessments-that-lie/a-missing-assessment', 'assessments-that-lie/bytes-that-are-no-assessment'],
  },
  {
    guard: 'an assessment is as it was signed',
    edits: [[ASSESSMENT, 'if (sha256Hex(bytes) !== sha256) {', 'if (false) {']],
    stops: ['assessments-that-lie/one-byte-of-the-assessment'],
  },
  {
    guard: 'an assessment is about what the approvals are about',
    edits: [[ASSESSMENT, 'has !== should', 'false']],
    stops: [
      'assessments-that-lie/against-another-predecessor',
      'assessments-that-lie/of-another-model-file',
      'assessments-that-lie/of-another-project',
      'assessments-that-lie/of-another-run',
      'assessments-that-lie/of-no-model',
      'assessments-that-lie/under-another-policy',
    ],
  },
  {
    guard: "the policy's checks are walked, and each has one outcome",
    edits: [
      [
        WALK,
        'if (outcome === undefined || outcomes.length > 1) {',
        'if (outcome === undefined) continue;\n    if (false) {',
      ],
      [WALK, 'if (evaluated === 0) {', 'if (false) {'],
    ],
    stops: [
      'assessments-that-lie/with-a-check-under-another-name',
      'assessments-that-lie/with-two-outcomes-for-one-check',
      'assessments-that-lie/without-outcomes',
    ],
  },
  {
    guard: 'an outcome is of the kind that the policy asks for',
    edits: [[WALK, 'if (outcome.check !== check.check) {', 'if (false) {']],
    stops: ['assessments-that-lie/with-an-outcome-of-another-kind'],
  },
  {
    guard: "an assessment's own summary means nothing",
    edits: [[WALK, 'let evaluated = 0;', 'let evaluated = 0; if (assessment.summary.ok) return [];']],
    stops: ['assessments-that-lie/that-calls-itself-ok'],
  },
  {
    guard: 'how severe a check is, the policy says',
    edits: [[WALK, "if (check.severity === 'advisory') continue;", "if (outcome.severity === 'advisory') continue;"]],
    stops: ['assessments-that-lie/a-failure-that-calls-itself-advisory'],
  },
  {
    guard: 'only a person attests',
    edits: [
      [
        WALK,
        "check.check === 'attestation' && outcome.status === 'pass' ? 'pending' : outcome.status",
        'outcome.status',
      ],
    ],
    stops: ['assessments-that-lie/an-attestation-that-calls-itself-passed'],
  },
  {
    guard: 'a status that no assessment has refuses',
    edits: [passes('waived')],
    stops: ['assessments-that-lie/a-check-that-calls-itself-waived'],
  },
  {
    guard: 'what is not applicable, the policy says',
    edits: [
      [WALK, "status === 'not_applicable' ? whyNotInapplicable(check, assessment, rules)", 'false ? undefined'],
      [
        WALK,
        "if (status === 'not_applicable') return check.not_applicable !== undefined;",
        "if (status === 'not_applicable') return true;",
      ],
    ],
    stops: [
      'assessments-that-lie/a-check-that-calls-itself-not-applicable',
      'machines-and-people/automatic-although-a-check-is-not-applicable',
    ],
  },
  {
    guard: 'a failed check refuses',
    edits: [passes('fail')],
    stops: ['checks-that-are-not-ok/a-failed-check', 'older-approvals/a-fully-signed-model-with-a-failed-check'],
  },
  {
    guard: 'a check that could not be evaluated refuses',
    edits: [passes('not_evaluable')],
    stops: ['checks-that-are-not-ok/a-check-that-could-not-be-evaluated'],
  },
  {
    guard: 'an uncertain check refuses',
    edits: [passes('uncertain')],
    stops: ['checks-that-are-not-ok/an-uncertain-check'],
  },
  {
    guard: 'only what is uncertain is accepted',
    edits: [[WALK, "if (outcome.status === 'uncertain' && approvals.some(", 'if (approvals.some(']],
    stops: ['checks-that-are-not-ok/accepting-a-failure'],
  },
  {
    guard: 'only those who approve accept',
    edits: [[WALK, 'approvals.some((approval) => accepts(approval, id))', 'true']],
    stops: ['machines-and-people/a-machine-accepts-what-is-uncertain'],
  },
  {
    guard: 'only the role that may waives',
    edits: [
      [
        WALK,
        'if (allowed === undefined || predicate.role !== allowed.role) return false;',
        'if (allowed === undefined) return false;',
      ],
    ],
    stops: ['checks-that-are-not-ok/a-waiver-by-a-role-that-may-not-waive'],
  },
  {
    guard: 'a waiver ends in time',
    edits: [[WALK, 'end >= now && end <= latest', 'end >= now']],
    stops: ['checks-that-are-not-ok/a-waiver-for-longer-than-allowed'],
  },
  {
    guard: 'a waiver ends',
    edits: [[WALK, 'end >= now && end <= latest', 'end <= latest']],
    stops: ['checks-that-are-not-ok/a-waiver-that-has-ended'],
  },
  {
    guard: 'a waiver is of this check',
    edits: [[WALK, 'return check === id && end', 'return end']],
    stops: ['checks-that-are-not-ok/a-waiver-of-another-check'],
  },
  {
    guard: 'two people waive where the policy asks for a second',
    edits: [[WALK, '.size >= waiversNeeded(rules.policy)', '.size >= 1']],
    stops: ['checks-that-are-not-ok/a-waiver-without-the-second-person'],
  },
  {
    guard: 'only the role that the check names attests',
    edits: [[WALK, 'check.role !== undefined && role !== check.role', 'false']],
    stops: ['checks-that-are-not-ok/an-attestation-by-a-role-that-may-not-attest'],
  },
  {
    guard: "an attestation is of the policy's words",
    edits: [[WALK, 'given.statement === check.text &&', '']],
    stops: ['checks-that-are-not-ok/an-attestation-of-other-words'],
  },
  {
    guard: 'an attestation shows its file',
    edits: [
      [
        WALK,
        "(check.evidence !== 'required' || given.evidence.some(({ sha256 }) => sha256 !== SHA256_OF_NOTHING))",
        'true',
      ],
    ],
    stops: [
      'checks-that-are-not-ok/an-attestation-without-its-file',
      'checks-that-are-not-ok/an-attestation-whose-file-is-empty',
    ],
  },
  {
    guard: 'a machine attests nothing',
    edits: [[WALK, 'return !machineRoles(policy.signoff).has(role);', 'return true;']],
    stops: ['machines-and-people/a-machine-attests-what-only-people-can'],
  },
  {
    guard: 'where nobody looks, every check passes by itself',
    edits: [[WALK, AUTOMATIC, 'false'], passes('fail')],
    stops: ['machines-and-people/automatic-although-a-check-is-fail'],
  },
  {
    guard: 'where nobody looks, every check passes by itself',
    edits: [[WALK, AUTOMATIC, 'false'], passes('not_evaluable')],
    stops: ['machines-and-people/automatic-although-a-check-is-not-evaluable'],
  },
  {
    guard: 'where nobody looks, nobody accepts',
    edits: [[WALK, AUTOMATIC, 'false']],
    stops: ['machines-and-people/automatic-although-a-check-is-uncertain'],
  },
];
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: they are source text.
