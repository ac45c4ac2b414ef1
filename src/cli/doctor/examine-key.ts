import type { AllowedSigners } from '../../approval/allowed-signers.ts';
import { rolesOf } from '../../approval/signer-of-key.ts';
import { isSecurityKey, listSigningKeys, type SigningKey, signingKeyOf } from '../../git/keys.ts';
import { sshKeygen, sshSign } from '../../git/ssh-sign.ts';
import type { Policy } from '../../policy/schema.ts';
import type { PolicyRepository } from '../policy-repository.ts';
import { type Finding, failed, ok, warn } from './finding.ts';

/** Not the namespace of approvals: what is signed here is worth nothing. */
const TRIAL_NAMESPACE = 'model-signoff-doctor';

export interface KeyQuestion {
  readonly place: PolicyRepository;
  readonly policy: Policy | undefined;
  readonly signers: AllowedSigners | undefined;
  /** Whether to sign something worthless, which may ask for a passphrase or a touch. */
  readonly trial: 'sign' | 'only look';
  readonly signal: AbortSignal;
}

/** Whether this person could sign, and what their signature would be good for. */
export async function examineKey(question: KeyQuestion): Promise<Finding[]> {
  if (sshKeygen() === undefined) return [failed('ssh-keygen', 'ssh-keygen is not on the PATH: install OpenSSH.')];
  const key = await signingKeyOf(question.place.repository, { workspace: 'trusted' });
  if (!key.ok) {
    const others = await listSigningKeys();
    if (others.length === 0) return [failed('signing key', key.problem.message)];
    const names = others.map(({ path, fingerprint }) => path ?? fingerprint).join(', ');
    return [warn('signing key', `${key.problem.message} These keys could be named with --key: ${names}.`)];
  }
  return [whatFor(key.value, question), ...(question.trial === 'sign' ? [await trial(key.value, question)] : [])];
}

function whatFor(key: SigningKey, { policy, signers }: KeyQuestion): Finding {
  const name = `${key.path ?? key.fingerprint}${isSecurityKey(key) ? ', a security key' : ''}`;
  if (signers === undefined) return warn('signing key', `${name}; nobody can say whose it is without allowed_signers.`);
  const signer = signers.byFingerprint.get(key.fingerprint);
  if (signer === undefined) {
    const line = `<your address> namespaces="model-signoff" ${key.publicKey}`;
    return warn('signing key', `${name} is not in allowed_signers: ask for this line to be committed there: ${line}`);
  }
  const environments = Object.keys(policy?.signoff.environments ?? {});
  const roles =
    policy === undefined ? [] : [...new Set(environments.flatMap((each) => rolesOf(signer.person, policy, each)))];
  if (roles.length === 0) return warn('signing key', `${name} is ${signer.person}'s, who has no role in the policy.`);
  return ok('signing key', `${name}: ${signer.person}, ${roles.join(', ')}`);
}

async function trial(key: SigningKey, { signal }: KeyQuestion): Promise<Finding> {
  const message = Buffer.from('A trial of signoff doctor: it approves nothing.\n');
  const signed = await sshSign({ key, namespace: TRIAL_NAMESPACE, message, signal });
  return signed.ok ? ok('trial', 'The key signs.') : failed('trial', signed.problem.message);
}
