// Who came after whom: rejections, revocations, replacements, rollbacks.
import { ELIGIBLE, GROUP, type Guard, INVOLVED, JUDGE, STANDING, VERIFY } from './guard.ts';

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: they are source text.
export const ORDER: readonly Guard[] = [
  {
    guard: 'approvers had no hand in the model',
    edits: [[ELIGIBLE, 'if (separation !== undefined) {', 'if (false) {']],
    stops: [
      'rollbacks/by-somebody-who-trained-the-model',
      'trainer-or-author-approves/the-author-under-an-alias',
      'trainer-or-author-approves/the-author',
      'trainer-or-author-approves/the-trainer-named-only-by-the-other-approver',
      'trainer-or-author-approves/the-trainer',
    ],
  },
  {
    guard: 'a repository of its own tells who wrote a model',
    edits: [[INVOLVED, 'if (topLevel !== undefined && topLevel !== repository.topLevel)', 'if (topLevel === null)']],
    stops: ['trainer-or-author-approves/the-author-of-a-model-in-a-submodule'],
  },
  {
    guard: 'whoever changed the pointer changed the model',
    edits: [[INVOLVED, 'own, ...pointersTo(own)', 'own']],
    stops: ['trainer-or-author-approves/the-author-of-a-model-under-dvc'],
  },
  {
    guard: 'a copy has the author of what the policy names',
    edits: [
      [INVOLVED, 'const isPath = artifact !== undefined &&', 'const isPath = false && artifact !== undefined &&'],
    ],
    stops: ['trainer-or-author-approves/the-author-of-a-model-that-is-deployed-from-a-copy'],
  },
  {
    guard: 'a lone file has an author of its own',
    edits: [
      [INVOLVED, 'const isPath = artifact !== undefined &&', 'const isPath = false && artifact !== undefined &&'],
      [VERIFY, 'modelPath: model.value.model.path,', 'modelPath: model.value.model.folder,'],
    ],
    stops: ['trainer-or-author-approves/the-author-of-one-file-beside-others'],
  },
  {
    guard: 'every run that an approval names tells who trained the model',
    edits: [['approval/runs-in-question.ts', 'if (loaded?.ok)', 'if (loaded?.ok && runs.length === 0)']],
    stops: ['trainer-or-author-approves/the-trainer-of-a-run-that-a-stray-statement-hides'],
  },
  {
    guard: 'a model has its author by whichever way it is reached',
    edits: [[INVOLVED, '.map(realPath)', '']],
    stops: ['trainer-or-author-approves/the-author-of-a-model-behind-a-symlink'],
  },
  {
    guard: 'one name is one, however its letters are composed',
    edits: [['policy/same-name.ts', ".normalize('NFKC')", '']],
    stops: ['trainer-or-author-approves/the-author-whose-name-is-composed-otherwise'],
  },
  {
    guard: 'who had a hand in the model can be told',
    edits: [['approval/separation.ts', 'if (untold.length === 0)', 'if (true)']],
    stops: [
      'trainer-or-author-approves/the-author-beyond-where-history-is-cut-off',
      'trainer-or-author-approves/the-author-in-a-clone-without-older-folders',
    ],
  },
  {
    guard: 'a rejection blocks',
    edits: [[JUDGE, 'standing.blockingRejects(modelId).map(', '[].map(']],
    stops: [
      'rejections/by-a-required-role',
      'rollbacks/to-a-model-that-was-rejected',
      'rollbacks/to-a-rejected-model-with-the-rejection-named',
    ],
  },
  {
    guard: 'a holder of a required role blocks in any other, too',
    edits: [[STANDING, 'rules.roles[role]?.includes(reject.person)', 'false']],
    stops: ['rejections/by-a-colleague-in-a-role-that-is-not-required'],
  },
  {
    guard: 'the anchor is asked for what HEAD has lost',
    edits: [[VERIFY, 'if (anchor === head) return inHead;', 'return inHead;']],
    stops: [
      'rejections/that-only-the-anchor-holds',
      'rejections/in-the-anchor-alone-whose-key-has-expired-since',
      'revocations/by-a-colleague-in-the-anchor-alone',
      'older-approvals/the-model-that-has-been-replaced-as-only-the-anchor-tells',
    ],
  },
  {
    guard: 'a rejection has no end',
    edits: [
      [
        STANDING,
        'mayBlock(reject, rules) && !isLifted',
        '(parseInstant(reject.statement.predicate.expires) ?? 0) > rules.now && mayBlock(reject, rules) && !isLifted',
      ],
    ],
    stops: ['rejections/under-another-run-and-policy-and-long-expired'],
  },
  {
    guard: 'a rejection outlives its key',
    edits: [
      [STANDING, 'mayBlock(reject, rules) && !isLifted', 'reject.keyIsValid && mayBlock(reject, rules) && !isLifted'],
    ],
    stops: ['rejections/by-a-key-that-is-not-valid-yet', 'rejections/whose-key-has-expired-since'],
  },
  {
    guard: 'only a key in its time takes a rejection back',
    edits: [[STANDING, 'later.keyIsValid &&', '']],
    stops: ['rejections/taken-back-with-a-key-that-is-not-valid-now'],
  },
  {
    guard: 'only the same role takes a rejection back',
    edits: [[STANDING, 'later.statement.predicate.role === reject.statement.predicate.role &&', '']],
    stops: ['rejections/taken-back-by-another-role'],
  },
  {
    guard: 'only those who may approve take a rejection back',
    edits: [[STANDING, '(rules.mayLift?.(later) ?? true)', 'true']],
    stops: [
      'rejections/taken-back-by-the-author-who-may-not-approve',
      'security-keys/a-rejection-taken-back-with-a-key-in-a-file',
    ],
  },
  {
    guard: 'what was revoked takes nothing back',
    edits: [[STANDING, '!isRevoked(later) &&', '']],
    stops: ['rejections/taken-back-by-an-approval-that-was-revoked'],
  },
  {
    guard: 'a rejection is taken back for its own model',
    edits: [[STANDING, 'sameModel(later, reject) &&', '']],
    stops: ['rejections/taken-back-for-another-model'],
  },
  {
    guard: 'what was revoked counts no more',
    edits: [
      [ELIGIBLE, "if (standing.isRevoked(approval)) return { code: 'revoked',", "if (false) return { code: 'revoked',"],
      [GROUP, 'refusals.length === 0 && !isInForce', 'false && !isInForce'],
    ],
    stops: [
      'revocations/by-the-signer',
      'revocations/with-a-key-that-has-expired-since',
      'rollbacks/a-rollback-that-was-revoked',
    ],
  },
  {
    guard: 'a revocation is no approval',
    edits: [
      [JUDGE, "if (!opensSomething(decision)) return 'elsewhere';", ''],
      [VERIFY, 'if (!opensSomething(decision)) continue;', ''],
      [GROUP, 'refusals.length === 0 && !isInForce', 'false && !isInForce'],
    ],
    stops: ['revocations/counted-as-an-approval'],
  },
  {
    guard: 'what was replaced counts no more',
    edits: [
      [ELIGIBLE, 'if (standing.isSuperseded(approval))', 'if (false)'],
      [GROUP, 'refusals.length === 0 && !isInForce', 'false && !isInForce'],
    ],
    stops: [
      'older-approvals/replaced-by-a-model-whose-assessment-was-edited-to-fail',
      'older-approvals/replaced-by-a-model-whose-waiver-has-ended-since',
      'older-approvals/replaced-by-people-of-whom-one-has-an-expired-key-now',
      'older-approvals/the-model-that-has-been-replaced',
      'older-approvals/two-models-that-replace-each-other',
      'rollbacks/a-rollback-that-has-been-replaced',
      'rollbacks/the-model-that-was-rolled-back-from-once-the-other-was-rejected',
      'rollbacks/the-model-that-was-rolled-back-from-once-the-rollback-was-revoked',
      'rollbacks/the-model-that-was-rolled-back-from',
    ],
  },
  {
    guard: 'one place has one model',
    edits: [[JUDGE, 'if (here && others.size > 0) {', 'if (false) {']],
    stops: [
      'older-approvals/a-second-model-in-force-though-a-key-of-its-approvers-has-expired',
      'older-approvals/two-models-approved-for-one-place',
      'rollbacks/a-rollback-beside-a-third-model',
    ],
  },
  {
    guard: 'a model does not replace itself',
    edits: [[ELIGIBLE, 'if (predicate.replaces === approval.modelId) {', 'if (false) {']],
    stops: ['older-approvals/a-model-that-replaces-itself'],
  },
  {
    guard: 'who rolls back holds a required role',
    edits: [[STANDING, 'return Object.hasOwn(require, role);', 'return true;']],
    stops: ['rollbacks/in-a-role-that-the-environment-does-not-require'],
  },
  {
    guard: 'a rollback rests on a quorum that was complete',
    edits: [[GROUP, 'if (best === undefined) {', 'if (false) {']],
    stops: [
      'rollbacks/to-a-model-that-one-of-two-had-approved',
      'rollbacks/to-a-model-whose-approval-was-revoked',
      'rollbacks/to-one-assessment-with-the-approvals-of-another',
    ],
  },
  {
    guard: 'where machines sign, nothing was excused either',
    edits: [
      [
        'approval/quorum-checks.ts',
        'const byPeople = policy.signoff.environments[environment]?.automatic !== true;',
        'const byPeople = policy !== undefined && environment !== undefined;',
      ],
    ],
    stops: ['machines-and-people/a-machine-goes-back-to-what-it-had-accepted'],
  },
  {
    guard: 'a rollback goes back from what took the place',
    edits: [
      [GROUP, 'if (standing.goesBack(rollback, old)) return [];', 'return [];'],
      [STANDING, 'goesBack(rollback, quorum.approvals),', 'true,'],
    ],
    stops: [
      'rollbacks/forward-to-the-model-that-was-rolled-back-from',
      'rollbacks/from-a-model-that-nobody-approved',
      'rollbacks/from-a-model-that-one-of-two-had-approved',
      'rollbacks/to-the-model-in-force-by-way-of-its-first-approvals',
      'rollbacks/to-the-model-in-force-under-a-policy-that-demands-more-now',
      'rollbacks/to-the-model-in-force-whose-approvals-have-expired',
    ],
  },
  {
    guard: 'what is rolled back to was good enough once',
    edits: [
      [
        'approval/quorum-checks.ts',
        'if (isOfToday(found.assessment, rules)) return walkChecks(',
        'if (isOfToday(found.assessment, rules)) return []; walkChecks(',
      ],
    ],
    stops: ['rollbacks/to-a-model-that-failed-although-all-signed'],
  },
  {
    guard: 'what is rolled back to was good enough once',
    edits: [['approval/quorum-checks.ts', "outcome.severity !== 'advisory' && !wasOk", 'false && !wasOk']],
    stops: ['rollbacks/to-a-model-that-failed-under-an-older-policy'],
  },
  {
    guard: 'what is rolled back to can be judged',
    edits: [
      [
        'approval/quorum-checks.ts',
        "if ('refusal' in found) return [found.refusal];",
        "if ('refusal' in found) return [];",
      ],
    ],
    stops: ['rollbacks/to-a-model-whose-assessment-is-gone'],
  },
];
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: they are source text.
