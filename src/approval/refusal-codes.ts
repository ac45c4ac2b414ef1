/**
 * Every code that a verdict can carry, and what it means. Codes are stable: pipelines and tests compare them.
 * Those of the first group stand in `ignored` (and among the reasons, when the model is not approved);
 * the others stand in `reasons` alone.
 */
export const REFUSAL_CODES = {
  // A file among the approvals that neither counts nor blocks.
  'not-a-file': 'A symlink, a submodule or an unreadable object lies where an approval should.',
  'too-large': 'A file is larger than anything that belongs there, so it was not read.',
  'envelope-malformed': 'The file is not a DSSE envelope with exactly one signature.',
  'signature-malformed': 'The signature is not an armoured SSHSIG in its one canonical form.',
  'signature-invalid': 'The signature does not fit the bytes, or was made for another purpose.',
  'key-not-supported': 'The key is a certificate, WebAuthn, DSA, too short, or of an unknown type.',
  'user-presence-missing': 'A security key signed without having been touched.',
  'key-revoked': 'The release that is in force revokes the key, and with it all that it signed.',
  'statement-revoked': 'The release that is in force revokes this very statement.',
  'release-incomplete': 'A release still lacks signatures of root keys, so the one before it stays in force.',
  'signer-unknown': 'The trusted signers do not list the key.',
  'signer-wrong-namespace': 'The trusted signers list the key for other purposes than approvals.',
  'signer-not-valid-now': 'The trusted signers say that the key is not valid yet or any more, so it approves nothing.',
  'statement-malformed': 'The signed statement is not strict JSON with exactly the fields of an approval.',
  'approver-mismatch': 'The statement names another approver than the owner of the key.',
  'wrong-project': 'The statement is for another project or model.',
  'file-name-mismatch': 'The file lies where an approval of something else would.',
  'role-unknown': 'The policy has no such role.',
  'role-not-held': 'The policy does not give the role to the signer.',
  revoked: 'The approval was revoked by its signer or by somebody of the same role.',
  superseded: 'A later sign-off took the place of this approval, or of this model.',
  'run-differs': 'The approval is for another run.',
  'model-changed': 'The files of the model are not those that were signed.',
  'policy-changed': 'The approval was given under another policy.',
  'issued-in-future': 'The approval was issued more than five minutes from now.',
  'approval-expired': 'The approval has expired.',
  'expires-too-late': 'The approval would last longer than the policy allows.',
  'replaces-itself': 'The approval says that the model replaces itself.',
  'touch-required': 'The policy demands a security key that was touched, and another key made the signature.',
  'not-separate': 'The approver is the author or trainer from whom the policy keeps approvers separate.',
  'machine-and-person': 'A machine signed where people decide, or the approver acts both as a machine and as a person.',

  // What was to be judged.
  'object-corrupt': 'The repository holds an object whose bytes are not what its id promises.',
  'history-missing':
    'The clone is shallow or partial, and lacks the history that tells who wrote the model or the policy.',
  'policy-missing': 'There is no policy at that path.',
  'policy-differs': 'The policy being verified is not, byte for byte, the trusted one.',
  'work-tree-differs':
    'The policy, an assessment or an approval lies in the work tree with other content than in HEAD.',
  'policy-invalid': 'The trusted policy has errors.',
  'signers-missing': 'The trusted commit has no allowed_signers.',
  'signers-invalid': 'The trusted allowed_signers has errors.',
  'signers-differ': 'The allowed_signers being verified is not, byte for byte, the one of the release.',
  'release-missing': 'There is no release 1, or a release between others is missing or does not count.',
  'release-malformed': 'A file among the releases is not one in its strict form.',
  'release-mismatch':
    'A release is of another project, number, policy or list of signers than the one that is asked for.',
  'release-not-signed':
    'Release 1 lacks the signature of a root that the pipeline names, or too few of its own roots signed.',
  'release-too-old': 'The newest release has a lower number than the pipeline demands.',
  'release-expired': 'The newest release has expired.',
  'release-in-future': 'The newest release was issued more than five minutes from now.',
  'model-unreadable': 'The files of the model can not be read, or are no model.',

  // Who has signed.
  'quorum-not-configured': 'The policy demands nobody, so nothing could ever be refused.',
  'no-approval': 'Nobody has approved these model files for the environment.',
  'quorum-incomplete': 'Fewer people than the policy demands have approved.',
  'rollback-role': 'The rollback was signed in a role that the environment does not require.',
  'rollback-without-quorum': 'The rollback is to a model that not everybody who has to had approved.',
  'nothing-to-roll-back': 'The rollback is to a model in whose place people had approved no other one.',
  'approvals-disagree': 'The approvals name different runs, assessments or predecessors.',
  rejected: 'Somebody of a required role rejected the model.',
  fork: 'Two different models are approved for the same place.',
  'live-differs': 'What runs now is neither this model nor the one that it was approved to replace.',

  // What they have signed.
  'assessment-missing': 'The assessment that was signed is not in the commit, or is far too large.',
  'assessment-changed': 'The bytes of the assessment are not those that were signed.',
  'assessment-malformed': 'The assessment can not be read.',
  'assessment-mismatch': 'The assessment is of another project, model, run, policy or predecessor.',
  'check-missing': 'The assessment has no outcome for a check of the policy.',
  'check-kind-differs': 'The assessment has an outcome of another kind for a check of the policy.',
  'check-failed': 'A required check failed and is not waived.',
  'check-uncertain': 'A required check is uncertain and nobody accepted it.',
  'check-not-evaluable': 'A required check could not be evaluated and is not waived.',
  'check-pending': 'A required attestation has not been given.',
  'check-not-applicable': 'A check is called not applicable though the policy does not say so.',
  'check-status-unknown': 'A check has a status that an assessment can not have.',
  'check-not-passed': 'An automatic approval needs every required check to pass by itself.',
  'recheck-differs': 'Evaluated again, the run gives something else than what was signed.',
  'nothing-evaluated': 'Not one check was evaluated, which is never a pass.',
} as const;

export type RefusalCode = keyof typeof REFUSAL_CODES;
