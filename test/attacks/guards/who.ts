// Who signed what, when, for what, and how many of them.
import {
  ANCHOR,
  ANOTHER,
  ASSESSMENT,
  ELIGIBLE,
  ENVELOPE,
  FIELDS,
  FORMATS,
  GROUP,
  type Guard,
  JUDGE,
  passes,
  READ,
  SSHSIG,
  STATEMENT,
  SUBJECTS,
  VERIFY,
} from './guard.ts';

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: they are source text.
export const WHO: readonly Guard[] = [
  {
    guard: 'nobody at all approves nothing',
    edits: [
      [JUDGE, 'best === undefined ? nobodyApproved(input, ignored, standing) : best.refusals', 'best?.refusals ?? []'],
    ],
    stops: ['nobody-or-too-few/no-approval-at-all'],
  },
  {
    guard: 'every seat is filled, and what is approved is in force',
    edits: [
      [GROUP, 'if (have >= need) continue;', 'continue;'],
      [GROUP, 'refusals.length === 0 && !isInForce', 'false && !isInForce'],
    ],
    stops: [
      'nobody-or-too-few/one-of-two-roles',
      'machines-and-people/a-person-approves-for-a-machine',
      'older-approvals/a-complete-pair-of-which-one-signed-before-another-model-came',
    ],
  },
  {
    guard: 'only what HEAD holds fills a seat',
    edits: [[JUDGE, 'if (!statement.inHead) continue;', '']],
    stops: [
      'nobody-or-too-few/an-approval-that-only-the-anchor-holds',
      'rollbacks/a-rollback-that-only-the-anchor-holds',
    ],
  },
  {
    guard: 'a seat takes a person, not a signature',
    edits: [
      [
        'approval/seats.ts',
        'rolesOf.set(person, (rolesOf.get(person) ?? new Set()).add(role));',
        'rolesOf.set(`${person} ${rolesOf.size}`, new Set([role]));',
      ],
    ],
    stops: ['one-person-twice/both-seats-of-a-role', 'one-person-twice/both-roles-in-both-seats'],
  },
  {
    guard: 'an alias is nobody of a role',
    edits: [['policy/lint/roles.ts', 'people.has(folded)', 'people.has(name)']],
    stops: ['one-person-twice/an-alias-that-is-a-colleague-in-other-letters'],
  },
  {
    guard: 'a file lies where its statement belongs',
    edits: [[READ, 'if (approvalPath(rules.folder, statement.predicate, id) !== file.path) {', 'if (false) {']],
    stops: ['replay/an-approval-copied-to-another-run'],
  },
  {
    guard: 'a file lies where its statement belongs',
    edits: [[READ, 'if (approvalPath(rules.folder, statement.predicate, id) !== file.path) {', 'if (false) {']],
    stops: ['one-person-twice/one-approval-under-two-names', 'replay/an-approval-for-staging-renamed-to-production'],
    ...ANOTHER,
  },
  {
    guard: 'an approval counts in its environment alone',
    edits: [
      [
        JUDGE,
        'input.approvals.statements.filter((each) => each.statement.predicate.environment === environment)',
        'input.approvals.statements',
      ],
      [VERIFY, 'environment !== where.environment && !where.comparedWith.includes(environment)', 'false'],
      [VERIFY, 'modelId === model.modelId && environment === where.environment', 'modelId === model.modelId'],
    ],
    stops: ['replay/approvals-for-staging', 'rejections/taken-back-in-another-environment'],
  },
  {
    guard: 'a statement is about this project and model',
    edits: [
      [READ, 'if (project !== policy.project || model !== policy.model) {', 'if (false) {'],
      [READ, 'if (approvalPath(rules.folder, statement.predicate, id) !== file.path) {', 'if (false) {'],
      [
        'approval/signed-statement.ts',
        'return JSON.stringify([modelId, run, assessment.sha256, replaces]);',
        'return modelId;',
      ],
      [ASSESSMENT, 'has !== should', 'false'],
      [GROUP, "'refusal' in found ? [found.refusal] : walkChecks", "'refusal' in found ? [] : walkChecks"],
    ],
    stops: ['replay/an-approval-for-another-project', 'replay/an-approval-for-another-model'],
  },
  {
    guard: 'the run is the one in question',
    edits: [
      [ELIGIBLE, 'rules.run !== undefined && predicate.run !== rules.run', 'false'],
      [GROUP, "'refusal' in found ? [found.refusal] : walkChecks", "'refusal' in found ? [] : walkChecks"],
    ],
    stops: ['replay/approvals-of-another-run'],
  },
  {
    guard: 'approvals belong together only when they name the same run and assessment',
    edits: [
      [
        'approval/signed-statement.ts',
        'return JSON.stringify([modelId, run, assessment.sha256, replaces]);',
        'return modelId;',
      ],
      [ASSESSMENT, 'has !== should', 'false'],
      [GROUP, "'refusal' in found ? [found.refusal] : walkChecks", "'refusal' in found ? [] : walkChecks"],
      passes('uncertain'),
    ],
    stops: [
      'replay/approvals-for-two-different-assessments',
      'replay/two-runs-that-name-one-assessment-ana-being-the-stray',
      'replay/two-runs-that-name-one-assessment-ben-being-the-stray',
    ],
  },
  {
    guard: 'what runs now is what is replaced',
    edits: [[GROUP, 'if (live === undefined || live === model.modelId', 'if (true || live === model.modelId']],
    stops: [
      'replay/another-model-runs-than-the-one-to-be-replaced',
      'rollbacks/another-model-runs-than-the-one-rolled-back-from',
    ],
  },
  {
    guard: 'the files are those that were signed, all of them and no other',
    edits: [[ELIGIBLE, 'if (approval.modelId !== rules.model.modelId) {', 'if (false) {']],
    stops: [
      'replay/approvals-of-one-run-for-the-files-of-another',
      'subject-swap/a-file-added',
      'subject-swap/a-file-in-another-folder',
      'subject-swap/a-file-taken-away',
      'subject-swap/an-empty-file-added',
      'subject-swap/names-exchanged',
      'subject-swap/one-byte-of-a-model-file',
    ],
  },
  {
    guard: 'a subject is named once, in order',
    edits: [[SUBJECTS, 'if (order === 0)', 'if (false)']],
    stops: ['subject-swap/a-subject-twice'],
    ...ANOTHER,
  },
  {
    guard: 'there is a subject',
    edits: [[SUBJECTS, 'if (subjects.length === 0)', 'if (false)']],
    stops: ['subject-swap/no-subject'],
    ...ANOTHER,
  },
  {
    guard: 'a subject stays in the folder',
    edits: [[SUBJECTS, "part !== '..'", 'true']],
    stops: ['subject-swap/a-subject-that-climbs-out'],
    ...ANOTHER,
  },
  {
    guard: 'no field is unknown',
    edits: [[FIELDS, 'if (unknown !== undefined)', 'if (false)']],
    stops: [
      'subject-swap/a-second-digest-algorithm',
      'strict-json/an-unknown-field',
      'releases/a-release-with-a-field-that-nobody-knows',
    ],
  },
  {
    guard: 'a digest is lower-case hex',
    edits: [[FORMATS, 'return SHA256.test(value);', 'return true;']],
    stops: ['subject-swap/an-upper-case-digest'],
    ...ANOTHER,
  },
  {
    guard: 'an approval ends',
    edits: [[ELIGIBLE, 'if (!(expires > now))', 'if (false)']],
    stops: [
      'expiry/an-approval-that-expires-this-second',
      'expiry/an-approval-that-has-expired',
      'rollbacks/a-rollback-that-has-expired',
    ],
  },
  {
    guard: 'an approval ends in time',
    edits: [[ELIGIBLE, 'if (!(expires <= issued + lifetimeOf(expiresAfter))) {', 'if (false) {']],
    stops: ['expiry/an-approval-for-ten-years'],
  },
  {
    guard: 'an approval is not from the future',
    edits: [[ELIGIBLE, 'if (isYetToCome(issuedText, now))', 'if (false)']],
    stops: ['expiry/an-approval-from-the-future'],
  },
  {
    guard: 'a time is one, and comparing with none refuses',
    edits: [
      [STATEMENT, 'return parseInstant(text) !== undefined;', 'return true;'],
      [ELIGIBLE, 'if (!(expires > now))', 'if (expires <= now)'],
      [
        ELIGIBLE,
        'if (!(expires <= issued + lifetimeOf(expiresAfter))) {',
        'if (expires > issued + lifetimeOf(expiresAfter)) {',
      ],
    ],
    stops: ['expiry/an-approval-that-never-expires', 'expiry/a-day-that-does-not-exist'],
  },
  {
    guard: 'a key approves in its time alone',
    edits: [[ELIGIBLE, 'if (!approval.keyIsValid) {', 'if (false) {']],
    stops: [
      'keys-past-their-time/a-back-dated-approval-by-an-expired-key',
      'keys-past-their-time/a-key-that-has-expired',
      'keys-past-their-time/a-key-that-is-not-valid-yet',
      'rollbacks/to-a-model-whose-approver-has-an-expired-key',
    ],
  },
  {
    guard: 'the key is a listed one',
    edits: [
      [
        ENVELOPE,
        'signers.byFingerprint.get(key.fingerprint);',
        'signers.byFingerprint.get(key.fingerprint) ?? { person: parseStatement(payload).value.predicate.approver, fingerprint: key.fingerprint, mayApprove: true };',
      ],
    ],
    stops: [
      'forged-identity/a-forged-keyid',
      'forged-identity/a-stranger-with-a-key',
      'keys-past-their-time/a-key-removed-from-the-anchor',
      'rollbacks/to-a-model-whose-approver-has-no-key-any-more',
    ],
  },
  {
    guard: 'the person is whose key it is, not who is claimed',
    edits: [
      [ENVELOPE, 'if (approver !== signer.person) {', 'if (false) {'],
      [READ, '!holders.includes(signer.person)', '!holders.includes(statement.predicate.approver)'],
      [READ, 'person: signer.person,', 'person: statement.predicate.approver,'],
    ],
    stops: ['forged-identity/claiming-to-be-another-approver'],
  },
  {
    guard: 'a role is held by those to whom the policy gives it',
    edits: [[READ, 'if (!holders.includes(signer.person)) {', 'if (false) {']],
    stops: ['machines-and-people/a-machine-key-in-a-human-seat'],
  },
  {
    guard: 'a role is held by those to whom the policy gives it',
    edits: [[READ, 'if (!holders.includes(signer.person)) {', 'if (false) {']],
    stops: ['forged-identity/a-role-that-the-signer-does-not-hold'],
    ...ANOTHER,
  },
  {
    guard: 'a role is one of the policy',
    edits: [
      [
        READ,
        'if (holders === undefined) return',
        'if (holders === undefined) holders = [signer.person]; if (false) return',
      ],
      [READ, 'const holders =', 'let holders ='],
    ],
    stops: ['forged-identity/a-role-that-nobody-has'],
    ...ANOTHER,
  },
  {
    guard: 'the key is listed for approvals',
    edits: [[ENVELOPE, 'if (!signer.mayApprove) {', 'if (false) {']],
    stops: ['forged-identity/a-key-listed-for-git-only'],
  },
  {
    guard: 'a signature is made for approvals',
    edits: [
      [SSHSIG, 'if (signedNamespace !== namespace) {', 'if (false) {'],
      [SSHSIG, 'signedData(namespace, hash, message)', 'signedData(signedNamespace, hash, message)'],
    ],
    stops: ['forged-identity/a-commit-signature-reused'],
  },
  {
    guard: 'a signature fits the bytes, their type included',
    edits: [['approval/ssh-signature.ts', 'body.length === 64 && verify(null, data, key, body)', 'true']],
    stops: [
      'forged-identity/a-signature-of-another-statement',
      'forged-identity/a-signature-over-another-payload-type',
      'forged-identity/a-signature-over-the-bare-payload',
    ],
  },
  {
    guard: 'what an allowed_signers line could mean besides is an error',
    edits: [[ANCHOR, "if (error !== undefined) return untrusted('signers-invalid', error);\n  const own", 'const own']],
    stops: [
      'one-person-twice/a-key-for-anybody',
      'one-person-twice/a-key-with-two-names',
      'one-person-twice/one-key-for-two-people',
      'signers-of-the-attacker/no-signers-in-the-anchor',
      'keys-past-their-time/a-key-with-a-local-date',
    ],
    ...ANOTHER,
  },
  {
    guard: 'a policy with errors decides nothing',
    edits: [
      ['approval/read-policy.ts', 'if (value === undefined || hasErrors(problems)) {', 'if (value === undefined) {'],
    ],
    stops: ['machines-and-people/someone-who-is-both', 'policy-of-the-attacker/a-policy-that-demands-nobody'],
    ...ANOTHER,
  },
  {
    guard: 'a security key was touched',
    edits: [
      [ENVELOPE, 'if (presence !== null && !presence.touched) {', 'if (false) {'],
      [ENVELOPE, 'touched: presence?.touched === true', 'touched: presence !== null'],
    ],
    stops: [
      'security-keys/signed-with-every-flag-but-the-touch',
      'security-keys/signed-without-a-touch-where-none-is-demanded',
      'security-keys/signed-without-a-touch',
    ],
  },
  {
    guard: 'where a touch is demanded, a key in a file does not do',
    edits: [[ELIGIBLE, 'if (lacksTouch(approval, policy)) {', 'if (false) {']],
    stops: ['security-keys/signed-with-a-key-in-a-file-where-touch-is-demanded'],
  },
];
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: they are source text.
