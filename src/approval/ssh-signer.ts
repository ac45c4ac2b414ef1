import type { SigningKey } from '../git/keys.ts';
import { sshSign } from '../git/ssh-sign.ts';
import type { Signer } from './complete-statement.ts';
import { SIGNATURE_NAMESPACE } from './statement.ts';

/** Signs approvals with a person's SSH key: agent, passphrase and security key work as they do for git. */
export function sshSigner(key: SigningKey, signal?: AbortSignal): Signer {
  return (message) => sshSign({ key, namespace: SIGNATURE_NAMESPACE, message, signal });
}
