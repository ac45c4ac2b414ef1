import type { Credential } from '../../base/http-credential.ts';

/** The engine's side of asking the editor for credentials, which alone can open the secret store. */
export interface HostCredentials {
  credentialFor(origin: string): Promise<Credential | undefined>;
  /** The editor's answer to a question. */
  receive(id: number, credential: Credential | undefined): void;
}

/** @param ask puts a question to the editor */
export function hostCredentials(ask: (id: number, origin: string) => void): HostCredentials {
  const waiting = new Map<number, (credential: Credential | undefined) => void>();
  let nextId = 1;
  return {
    credentialFor: (origin) =>
      new Promise((resolve) => {
        const id = nextId++;
        waiting.set(id, resolve);
        ask(id, origin);
      }),
    receive: (id, credential) => {
      waiting.get(id)?.(credential);
      waiting.delete(id);
    },
  };
}
