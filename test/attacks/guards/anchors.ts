// Where policy and signers come from.
import {
  ANCHOR,
  ANOTHER,
  ASSESSMENT,
  CHAIN,
  ELIGIBLE,
  ENVELOPE,
  FIELDS,
  type Guard,
  JSON_READER,
  RELEASE,
} from './guard.ts';

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: they are source text.
export const ANCHORS: readonly Guard[] = [
  {
    guard: 'signers come from the anchor',
    edits: [
      [ANCHOR, 'await allowedSignersAt(objects, commit, folder)', 'await allowedSignersAt(objects, head, folder)'],
    ],
    stops: [
      'signers-of-the-attacker/own-key-enrolled-in-the-same-commit',
      'signers-of-the-attacker/own-key-in-a-colleagues-place',
    ],
  },
  {
    guard: 'HEAD is no anchor',
    edits: [['git/trusted-ref.ts', "if (name === 'HEAD' || name.endsWith('/HEAD') || name === '@') {", 'if (false) {']],
    stops: ['signers-of-the-attacker/head-as-its-own-anchor'],
    ...ANOTHER,
  },
  {
    guard: 'a tag is no anchor',
    edits: [['git/trusted-ref.ts', "if (name.startsWith('refs/tags/'))", 'if (false)']],
    stops: ['signers-of-the-attacker/a-tag-as-anchor'],
  },
  {
    guard: "a local branch is not a remote's, whatever its name",
    edits: [['git/trusted-ref.ts', 'if (ref === `refs/heads/${name}` &&', 'if (false &&']],
    stops: ['signers-of-the-attacker/a-branch-named-as-that-of-a-remote'],
  },
  {
    guard: "the policy is the anchor's",
    edits: [
      [
        ANCHOR,
        'const policyBytes = await objects.blobAt(commit, policyPath);',
        'const policyBytes = await objects.blobAt(head, policyPath);',
      ],
    ],
    stops: [
      'policy-of-the-attacker/a-weaker-policy',
      'signers-of-the-attacker/a-role-given-in-the-same-commit',
      'policy-of-the-attacker/an-environment-that-only-the-attacker-knows',
    ],
  },
  {
    guard: "HEAD's policy is the anchor's, byte for byte",
    edits: [[ANCHOR, 'policyBytes.equals(own) ? []', 'true ? []']],
    stops: ['policy-of-the-attacker/one-byte-of-the-policy'],
  },
  {
    guard: 'an approval is given under this policy',
    edits: [
      [ELIGIBLE, 'if (predicate.policy.sha256 !== rules.policySha256) {', 'if (false) {'],
      [ASSESSMENT, "['policy', policy.sha256, each.policy.sha256],", ''],
    ],
    stops: [
      'policy-of-the-attacker/approvals-under-another-policy',
      'policy-of-the-attacker/approvals-under-the-policy-before',
      'rollbacks/under-another-policy',
    ],
  },
  {
    guard: 'a policy with errors decides nothing',
    edits: [
      ['approval/read-policy.ts', 'if (value === undefined || hasErrors(problems)) {', 'if (value === undefined) {'],
    ],
    stops: [
      'policy-in-yaml/a-directive-that-changes-the-language',
      'policy-in-yaml/a-key-twice',
      'policy-in-yaml/a-merge-key',
      'policy-in-yaml/a-tag',
      'policy-in-yaml/proto-as-a-role',
    ],
  },
  {
    guard: 'a policy with errors is not guessed at',
    edits: [
      [
        'approval/read-policy.ts',
        'if (value === undefined || hasErrors(problems)) {',
        "if (value === undefined) return succeed(parsePolicy(text.replace(/min: [^,}]*/, 'min: 0.8 ').split('---')[0] ?? '', file).value);\n  if (false) {",
      ],
    ],
    stops: [
      'policy-in-yaml/a-bound-that-is-a-text',
      'policy-in-yaml/a-bound-that-is-no-number',
      'policy-in-yaml/an-anchor-and-an-alias',
      'policy-in-yaml/two-documents',
    ],
    ...ANOTHER,
  },
  {
    guard: 'a revoked key signs nothing',
    edits: [[ENVELOPE, 'if (signers.revoked?.has(key.fingerprint))', 'if (false)']],
    stops: ['releases/an-approval-by-a-revoked-key'],
  },
  {
    guard: 'a revoked statement is none',
    edits: [[ENVELOPE, 'if (signers.revoked?.has(id))', 'if (false)']],
    stops: ['releases/an-approval-that-the-release-revokes'],
  },
  {
    guard: 'a root is named',
    edits: [
      [ANCHOR, "if (roots.length === 0) return 'Name at least one root key by its fingerprint (SHA256:…).';", ''],
    ],
    stops: ['releases/no-pin'],
  },
  {
    guard: 'a pin is a fingerprint',
    edits: [[ANCHOR, 'const bad = roots.find((root) => !isFingerprint(root));', 'const bad = undefined;']],
    stops: ['releases/a-pin-that-is-no-fingerprint'],
    ...ANOTHER,
  },
  {
    guard: 'the lowest release is a number',
    edits: [
      [ANCHOR, 'if (minRelease !== undefined && !(Number.isSafeInteger(minRelease) && minRelease >= 1))', 'if (false)'],
    ],
    stops: ['releases/a-lowest-release-that-is-no-number'],
    ...ANOTHER,
  },
  {
    guard: 'the release is new enough',
    edits: [[ANCHOR, 'if (!(number >= minRelease)) {', 'if (false) {']],
    stops: ['releases/an-older-commit-with-an-older-release', 'releases/newer-releases-deleted'],
  },
  {
    guard: 'the release is of the project that the pipeline names',
    edits: [[ANCHOR, 'if (project !== undefined && predicate.project !== project)', 'if (false)']],
    stops: ['releases/another-project-of-the-same-roots-in-the-place-of-this-one'],
    ...ANOTHER,
  },
  {
    guard: 'the release is of the project of its policy',
    edits: [[ANCHOR, 'if (policy.value.project !== predicate.project)', 'if (false)']],
    stops: ['releases/a-release-of-another-project'],
  },
  {
    guard: 'releases follow in one project',
    edits: [
      [CHAIN, 'predicate.project !== before.statement.predicate.project', 'false'],
      [ANCHOR, 'if (policy.value.project !== predicate.project)', 'if (false)'],
    ],
    stops: ['releases/a-second-release-of-another-project'],
  },
  {
    guard: 'a release covers this policy and these signers',
    edits: [
      [
        ANCHOR,
        'if (subject.length !== covered.length || !subject.every(({ name }) => covered.includes(name))) {',
        'if (false) {',
      ],
    ],
    stops: ['releases/a-release-of-a-policy-in-another-folder', 'releases/a-release-that-covers-the-policy-alone'],
    ...ANOTHER,
  },
  {
    guard: 'a release lies under its number',
    edits: [[CHAIN, 'if (claimed !== number)', 'if (false)']],
    stops: ['releases/a-release-under-the-number-of-another'],
  },
  {
    guard: 'a release is not from the future',
    edits: [[ANCHOR, 'if (!((parseInstant(issued) ?? Number.NaN) <= now + CLOCK_SKEW_MS))', 'if (false)']],
    stops: ['releases/a-release-from-the-future'],
  },
  {
    guard: 'a release ends',
    edits: [[ANCHOR, 'if (!((parseInstant(expires) ?? Number.NaN) > now)) {', 'if (false) {']],
    stops: ['releases/an-expired-release', 'releases/an-expired-release-behind-a-good-one'],
  },
  {
    guard: 'the policy is the one that the roots released',
    edits: [[ANCHOR, 'if (sha256Hex(policyBytes) !== digestOf(policyPath)) {', 'if (false) {']],
    stops: ['releases/a-weaker-policy-than-the-one-released'],
    ...ANOTHER,
  },
  {
    guard: 'the signers are those that the roots released',
    edits: [[ANCHOR, 'if (sha256Hex(signersBytes) !== digestOf(folder.allowedSigners)) {', 'if (false) {']],
    stops: ['releases/a-signer-enrolled-beside-the-release'],
  },
  {
    guard: 'no number is left out',
    edits: [
      [
        CHAIN,
        "if (file === undefined) return refuse('release-missing', `Release ${number} is missing, but ${newest} is there.`);",
        'if (file === undefined) continue;',
      ],
      [CHAIN, 'number <= newest;', 'number <= newest && number < 99;'],
    ],
    stops: ['releases/a-gap-in-the-numbers', 'releases/a-release-with-an-enormous-number'],
  },
  {
    guard: 'nothing stands behind a release that does not count',
    edits: [[CHAIN, 'if (number < newest)', 'if (false)']],
    stops: ['releases/a-good-release-behind-one-that-does-not-count'],
  },
  {
    guard: 'there is a release',
    edits: [[ANCHOR, 'if (newest === undefined) return nothingReleased(chain.value, folder);', '']],
    stops: ['releases/no-release-at-all'],
    ...ANOTHER,
  },
  {
    guard: 'enough roots have signed, of the release before and of its own',
    edits: [[CHAIN, 'if (!(signed >= threshold))', 'if (false)']],
    stops: ['releases/release-1-with-fewer-signatures-than-its-own-threshold', 'releases/one-root-that-signs-twice'],
  },
  {
    guard: 'enough roots have signed, of the release before and of its own',
    edits: [[CHAIN, 'if (!(signed >= threshold))', 'if (false)']],
    stops: [
      'releases/a-release-signed-by-a-root-that-was-rotated-out',
      'releases/a-release-signed-by-its-new-roots-alone',
      'releases/a-release-signed-by-one-root-of-two',
      'releases/a-rotation-signed-by-the-old-roots-alone',
    ],
  },
  {
    guard: 'every root that the pipeline names has signed release 1',
    edits: [[CHAIN, 'if (absent.length > 0)', 'if (false)']],
    stops: [
      'releases/release-1-signed-by-the-attacker-alone',
      'releases/release-1-without-one-of-the-roots-that-the-pipeline-names',
    ],
  },
  {
    guard: 'a signature of a release fits its bytes',
    edits: [['approval/ssh-signature.ts', 'body.length === 64 && verify(null, data, key, body)', 'true']],
    stops: ['releases/a-signature-over-something-else'],
  },
  {
    guard: 'a release that can not be read ends it',
    edits: [
      [
        CHAIN,
        "if (!read.ok) return refuse('release-malformed', `${path}: ${read.problem.message}`);",
        'if (!read.ok) throw new Error(read.problem.message);',
      ],
    ],
    stops: ['releases/an-approval-in-the-place-of-a-release', 'releases/text-that-is-no-json'],
    ...ANOTHER,
  },
  {
    guard: 'a statement that can not be read is none',
    edits: [[ENVELOPE, 'if (!statement.ok) return statement;', 'if (!statement.ok) throw new Error();']],
    stops: ['releases/a-release-in-the-place-of-an-approval'],
    ...ANOTHER,
  },
  {
    guard: 'a release has roots, each once and none revoked',
    edits: [
      [RELEASE, 'if (repeated !== undefined)', 'if (false)'],
      [RELEASE, 'if (both !== undefined)', 'if (false)'],
    ],
    stops: ['releases/a-root-that-is-revoked', 'releases/a-root-that-stands-twice'],
  },
  {
    guard: 'a threshold is a number of people that there are',
    edits: [[FIELDS, '!Number.isInteger(value) || !(value >= min && value <= max)', 'false']],
    stops: ['releases/a-threshold-of-half-a-person', 'releases/a-threshold-of-nobody'],
  },
  {
    guard: 'a threshold is a number of people that there are',
    edits: [[FIELDS, '!Number.isInteger(value) || !(value >= min && value <= max)', 'false']],
    stops: ['releases/a-threshold-of-more-than-there-are'],
    ...ANOTHER,
  },
  {
    guard: 'a release has roots',
    edits: [
      [RELEASE, 'if (roots.length === 0 || roots.length > MAX_ROOTS)', 'if (false)'],
      [FIELDS, '!Number.isInteger(value) || !(value >= min && value <= max)', 'false'],
      [CHAIN, 'if (!(signed >= threshold))', 'if (false)'],
    ],
    stops: ['releases/no-roots'],
  },
  {
    guard: 'a number is one, and exact',
    edits: [
      [JSON_READER, '!isExact(literal, value)', 'false'],
      [FIELDS, '!Number.isInteger(value) || !(value >= min && value <= max)', 'false'],
    ],
    stops: ['releases/a-number-beyond-exactness'],
    ...ANOTHER,
  },
  {
    guard: 'a number is one, and exact',
    edits: [
      [FIELDS, "typeof value !== 'number' || ", ''],
      [FIELDS, '!Number.isInteger(value)', 'false'],
      [CHAIN, 'if (claimed !== number)', 'if (false)'],
    ],
    stops: ['releases/a-number-that-is-a-text'],
  },
  {
    guard: 'a time of a release is one',
    edits: [
      [RELEASE, 'return parseInstant(text) !== undefined;', 'return true;'],
      [RELEASE, 'if (!(instant(expires) > instant(issued)))', 'if (false)'],
    ],
    stops: ['releases/a-release-that-never-expires'],
    ...ANOTHER,
  },
  {
    guard: 'a release has an end',
    edits: [
      ['approval/signed-release.ts', '{ maxBytes: MAX_RELEASE_BYTES }', '{ maxBytes: 2 ** 30 }'],
      [RELEASE, '{ maxBytes: MAX_RELEASE_BYTES }', '{ maxBytes: 2 ** 30 }'],
      ['approval/signoff-files.ts', 'contentOf(objects, file, MAX_RELEASE_BYTES)', 'contentOf(objects, file, 2 ** 30)'],
    ],
    stops: ['releases/a-release-of-two-megabytes'],
  },
  {
    guard: 'a release has an end',
    edits: [['approval/signed-release.ts', 'if (signatures.length > MAX_SIGNATURES)', 'if (false)']],
    stops: ['releases/a-thousand-signatures'],
    ...ANOTHER,
  },
];
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: they are source text.
