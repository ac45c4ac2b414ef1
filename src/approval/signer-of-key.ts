import { fail, type Result, succeed } from '../base/result.ts';
import { listInWords } from '../base/text.ts';
import { isSecurityKey, type SigningKey } from '../git/keys.ts';
import type { Policy } from '../policy/schema.ts';
import { type AllowedSigner, isValidAt } from './allowed-signers.ts';
import type { ApprovalSituation } from './situation.ts';
import { type Decision, opensSomething, SIGNATURE_NAMESPACE } from './statement.ts';

/**
 * Whom HEAD's `allowed_signers` gives the key. Problems say which line is missing and where. Only to approve or to
 * roll back does the key have to be valid now: a rejection or revocation holds whenever it was made.
 */
export function signerOfKey(situation: ApprovalSituation, key: SigningKey, decision: Decision): Result<AllowedSigner> {
  const { signers, folder, now } = situation;
  const line = `<your address> namespaces="${SIGNATURE_NAMESPACE}" ${key.publicKey}`;
  if (signers === undefined) {
    return fail(
      'signers-missing',
      `${folder.allowedSigners} is not committed, so no key belongs to anybody: commit it with a line such as: ${line}`,
    );
  }
  const error = signers.problems.find(({ severity }) => severity === 'error');
  if (error !== undefined) return fail('signers-invalid', error.message);
  const signer = signers.byFingerprint.get(key.fingerprint);
  if (signer === undefined) {
    return fail(
      'signer-unknown',
      `The key ${key.fingerprint} is not in ${folder.allowedSigners}. Ask for this line to be committed there: ${line}`,
    );
  }
  if (!signer.mayApprove) {
    return fail(
      'signer-wrong-namespace',
      `${folder.allowedSigners} lets the key of ${signer.person} sign other things, not approvals: add the namespace "${SIGNATURE_NAMESPACE}".`,
    );
  }
  if (opensSomething(decision) && !isValidAt(signer, now)) {
    return fail(
      'signer-not-valid-now',
      `${folder.allowedSigners} says that the key of ${signer.person} is not valid now.`,
    );
  }
  const { policy, environment } = situation;
  if (
    opensSomething(decision) &&
    policy.signoff.environments[environment]?.require_touch === true &&
    !isSecurityKey(key)
  ) {
    return fail(
      'touch-required',
      `The policy demands a security key (FIDO) for ${environment}, and the key ${key.fingerprint} is none: choose one whose type starts with "sk-" (--key).`,
    );
  }
  return succeed(signer);
}

/** The roles of a person, those that the environment requires first. */
export function rolesOf(person: string, policy: Policy, environment: string): string[] {
  const held = Object.entries(policy.signoff.roles)
    .filter(([, people]) => people.includes(person))
    .map(([role]) => role);
  const required = Object.keys(policy.signoff.environments[environment]?.require ?? {});
  return [...held.filter((role) => required.includes(role)), ...held.filter((role) => !required.includes(role))];
}

/** The role to sign in: the one that was asked for, else the only one that fits. */
export function chooseRole(
  person: string,
  policy: Policy,
  environment: string,
  asked: string | undefined,
): Result<string> {
  const held = rolesOf(person, policy, environment);
  if (asked !== undefined) {
    if (held.includes(asked)) return succeed(asked);
    return fail(
      'role-not-held',
      `The policy does not give the role "${asked}" to ${person}${held.length > 0 ? `, who has ${listInWords(held)}` : ''}.`,
    );
  }
  const required = held.filter((role) => Object.hasOwn(policy.signoff.environments[environment]?.require ?? {}, role));
  const candidates = required.length > 0 ? required : held;
  const [only] = candidates;
  if (only === undefined)
    return fail('role-not-held', `The policy gives ${person} no role, so they can't sign off for ${environment}.`);
  if (candidates.length === 1) return succeed(only);
  return fail('role-ambiguous', `${person} has several roles: choose one of ${listInWords(candidates)} (--role).`);
}
