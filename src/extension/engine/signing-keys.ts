import { basename, dirname } from 'node:path';
import { signoffFolder } from '../../approval/file-names.ts';
import { allowedSignersAt } from '../../approval/signoff-files.ts';
import { type Result, succeed } from '../../base/result.ts';
import { listSigningKeys, type SigningKey, signingKeyFromFile, signingKeyOf } from '../../git/keys.ts';
import { resolveCommit, withObjects } from '../../git/objects.ts';
import { openRepository, type Repository } from '../../git/repository.ts';
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
  const people = await peopleByKey(repository.value, pathInRepository(repository.value, input.policyFile));
  const keys = await offeredKeys(repository.value, input.keyFiles);
  const choices = keys.map((key): KeyChoice => {
    const person = people.get(key.fingerprint);
    const roles = Object.entries(policy.value.signoff.roles).flatMap(([role, holders]) =>
      person !== undefined && holders.includes(person) ? [role] : [],
    );
    const label = key.path === undefined ? key.comment : basename(key.path);
    return { fingerprint: key.fingerprint, publicKey: key.publicKey, file: key.path, label, person, roles };
  });
  return succeed(choices.toSorted((one, other) => Number(other.roles.length > 0) - Number(one.roles.length > 0)));
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
