import { basename, dirname } from 'node:path';
import { signoffFolder } from '../../approval/file-names.ts';
import { involvedPeople } from '../../approval/involved-people.ts';
import { brokenSeparation, type Involved } from '../../approval/separation.ts';
import { allowedSignersAt } from '../../approval/signoff-files.ts';
import { type Result, succeed } from '../../base/result.ts';
import { listSigningKeys, type SigningKey, signingKeyFromFile, signingKeyOf } from '../../git/keys.ts';
import { resolveCommit, withObjects } from '../../git/objects.ts';
import { openRepository, type Repository } from '../../git/repository.ts';
import type { Policy } from '../../policy/schema.ts';
import { newestLook } from './newest-look.ts';
import { pathInRepository, readSoundPolicy } from './open-policy.ts';

/** A key that could sign, and whom HEAD's `allowed_signers` gives it. */
export interface KeyChoice {
  readonly fingerprint: string;
  readonly publicKey: string;
  /** The file for `ssh-keygen`; undefined where only the agent holds the key. */
  readonly file: string | undefined;
  /** The file's name or the key's comment: what its owner knows it by. */
  readonly label: string;
  readonly person: string | undefined;
  readonly roles: readonly string[];
  /** Where its owner may not approve, because of what they did for the model; at most one entry per environment. */
  readonly keptApart: readonly KeptApart[];
}

export interface KeptApart {
  readonly environment: string;
  readonly from: keyof Involved;
  /** As git and the tracking server spell them. */
  readonly names: readonly string[];
}

export interface SigningKeysInput {
  readonly policyFile: string;
  /** From the user's settings, never a workspace's. */
  readonly keyFiles: readonly string[];
}

/** Every key on offer, those that may sign here first. Only called in trusted workspaces. */
export async function signingKeys(input: SigningKeysInput): Promise<Result<readonly KeyChoice[]>> {
  const policy = await readSoundPolicy(input.policyFile);
  if (!policy.ok) return policy;
  const repository = await openRepository(dirname(input.policyFile));
  if (!repository.ok) return repository;
  const policyPath = pathInRepository(repository.value, input.policyFile);
  const people = await peopleByKey(repository.value, policyPath);
  const involved = await involvedByEnvironment(repository.value, policyPath, input.policyFile, policy.value);
  const keys = await offeredKeys(repository.value, input.keyFiles);
  const choices = keys.map((key): KeyChoice => {
    const person = people.get(key.fingerprint);
    const roles = Object.entries(policy.value.signoff.roles).flatMap(([role, holders]) =>
      person !== undefined && holders.includes(person) ? [role] : [],
    );
    const label = key.path === undefined ? key.comment : basename(key.path);
    const keptApart = person === undefined ? [] : separationsOf(person, policy.value, involved);
    return { fingerprint: key.fingerprint, publicKey: key.publicKey, file: key.path, label, person, roles, keptApart };
  });
  return succeed(choices.toSorted((one, other) => Number(other.roles.length > 0) - Number(one.roles.length > 0)));
}

/** Environment -> who had a hand in the model of the newest look. Signing asks again; this is for showing. */
async function involvedByEnvironment(
  repository: Repository,
  policyPath: string,
  policyFile: string,
  policy: Policy,
): Promise<ReadonlyMap<string, Involved>> {
  const head = await resolveCommit(repository, 'HEAD');
  if (head === undefined) return new Map();
  const assessed = newestLook(policyFile)?.assessed;
  const question = { repository, policy, policyPath, policyCommit: head, head };
  const subject = { runs: assessed === undefined ? [] : [assessed.run], modelPath: assessed?.modelFiles?.path };
  return withObjects(repository, async (objects) => {
    const found = new Map<string, Involved>();
    for (const environment of Object.keys(policy.signoff.environments)) {
      found.set(environment, await involvedPeople({ ...question, ...subject, objects, environment }));
    }
    return found;
  });
}

function separationsOf(person: string, policy: Policy, involved: ReadonlyMap<string, Involved>): readonly KeptApart[] {
  return [...involved].flatMap(([environment, names]) => {
    const from = brokenSeparation(person, policy.signoff, environment, names);
    return from === undefined ? [] : [{ environment, from, names: names[from] }];
  });
}

async function peopleByKey(repository: Repository, policyPath: string): Promise<ReadonlyMap<string, string>> {
  const head = await resolveCommit(repository, 'HEAD');
  if (head === undefined) return new Map();
  const folder = signoffFolder(policyPath);
  const signers = await withObjects(repository, (objects) => allowedSignersAt(objects, head, folder));
  return new Map([...(signers?.byFingerprint ?? [])].map(([fingerprint, signer]) => [fingerprint, signer.person]));
}

/** Git's own key first, then the settings', then the agent's and `~/.ssh`. */
async function offeredKeys(repository: Repository, keyFiles: readonly string[]): Promise<readonly SigningKey[]> {
  const own = await signingKeyOf(repository, { workspace: 'trusted' });
  const named = keyFiles.map((file) => signingKeyFromFile(file));
  const found = [own, ...named].flatMap((key) => (key.ok ? [key.value] : []));
  const all = [...found, ...(await listSigningKeys())];
  return [...new Map(all.toReversed().map((key) => [key.fingerprint, key])).values()].toReversed();
}
