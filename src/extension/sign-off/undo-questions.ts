import { fail, type Result, succeed } from '../../base/result.ts';
import type { Policy } from '../../policy/schema.ts';
import type { Services } from '../commands/command.ts';
import { needApprovals } from '../commands/needs.ts';
import type { EnvironmentApprovals } from '../engine/approvals.ts';
import type { SigningKeyInput } from '../engine/sign-off.ts';
import { SETTINGS } from '../ids.ts';
import type { Choice } from '../prompts/prompts.ts';
import { t } from '../translation.ts';

/** Who takes something back, where, and with which key. */
export interface Undoing {
  readonly policyFile: string;
  readonly policy: Policy;
  readonly environment: string;
  readonly person: string;
  readonly role: string;
  readonly key: SigningKeyInput;
}

/** What rolling back and revoking ask alike: the environment, the key and the role. Undefined where the person stopped. */
export async function askWhoUndoes(
  services: Services,
  title: string,
  offered: (environment: EnvironmentApprovals) => boolean,
): Promise<Result<Undoing> | undefined> {
  const known = await needApprovals(services);
  if (!known.ok) return known;
  const { policyFile, policy, approvals } = known.value;
  if (approvals.whyNoSigning !== undefined) return { ok: false, problem: approvals.whyNoSigning };
  const environments = approvals.environments.filter(offered).map(({ name }) => name);
  if (environments.length === 0)
    return fail('nothing-approved', t('No model is approved anywhere, so there is nothing to take back.'));
  const environment = await pick(services, {
    title,
    placeholder: t('In which environment?'),
    choices: environments.toReversed().map((name) => ({ value: name, label: name })),
  });
  if (environment === undefined) return undefined;
  const keyFiles = services.editor.setting<readonly string[]>(SETTINGS.signingKeys) ?? [];
  const keys = await services.engine.call('signingKeys', { policyFile, keyFiles });
  if (!keys.ok) return keys;
  const signers = keys.value.filter(({ person, roles }) => person !== undefined && roles.length > 0);
  if (signers.length === 0)
    return fail('no-key', t('None of your keys belongs to anybody who holds a role in the policy.'));
  const key = await pick(services, {
    title,
    placeholder: t('Whose key signs?'),
    choices: signers.map((each) => ({
      ...{ value: each, label: each.person ?? each.label, description: each.roles.join(', '), icon: 'key' },
      detail: `${each.fingerprint}  ${each.label}`,
    })),
  });
  if (key === undefined) return undefined;
  const required = Object.keys(policy.signoff.environments[environment]?.require ?? {});
  const useful = key.roles.filter((role) => required.includes(role));
  const role = await pick(services, {
    title,
    placeholder: t('In which role?'),
    choices: (useful.length > 0 ? useful : key.roles).map((name) => ({ value: name, label: name })),
  });
  if (role === undefined) return undefined;
  const { file, publicKey, fingerprint, person } = key;
  const signing = { keyFile: file, publicKey, fingerprint };
  return succeed({ policyFile, policy, environment, person: person ?? '', role, key: signing });
}

/** Why: whoever reads this later will look for it. Undefined where the person stopped. */
export async function askReason({ prompts }: Services, title: string): Promise<string | undefined> {
  const answer = await prompts.ask({
    title,
    prompt: t('Why? It is signed.'),
    check: (text) =>
      text.trim() === '' ? t('A reason is needed: it is what a reader will look for later.') : undefined,
  });
  return answer.kind === 'given' ? answer.value : undefined;
}

/** With one choice there is nothing to ask. */
async function pick<Value>(
  { prompts }: Services,
  request: { readonly title: string; readonly placeholder: string; readonly choices: readonly Choice<Value>[] },
): Promise<Value | undefined> {
  const [only, ...others] = request.choices;
  if (only !== undefined && others.length === 0) return only.value;
  const answer = await prompts.pickOne(request);
  return answer.kind === 'given' ? answer.value : undefined;
}
