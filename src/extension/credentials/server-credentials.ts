import type { Credential } from '../../base/http-credential.ts';

/** Where secrets are kept: VS Code's SecretStorage, which hands them to the system's keyring. */
export interface Secrets {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
}

/** A list of origins that is kept between sessions. */
export interface OriginList {
  get(): readonly string[];
  set(origins: readonly string[]): PromiseLike<void>;
}

export interface CredentialSurroundings {
  readonly secrets: Secrets;
  /** Origins with a stored credential, in every workspace. The origins are no secret; the store can't list its own. */
  readonly stored: OriginList;
  /** Origins to which this workspace may send one. */
  readonly allowed: OriginList;
  readonly trust: () => 'trusted' | 'untrusted';
  /** Asks the person whether this workspace may send the stored credential there. */
  readonly confirm: (origin: string) => Promise<'agreed' | 'declined'>;
  /** What is given to the engine from now on is another answer than before. */
  readonly onChange: () => void;
}

/**
 * Credentials of tracking servers, each under its origin and given out for that origin only. None comes from the
 * workspace, and none is sent for a workspace whose person did not agree: a policy that somebody else wrote names the server.
 */
export class ServerCredentials {
  readonly #surroundings: CredentialSurroundings;
  /** Asked about in this session, so that nobody is asked again at every look. */
  readonly #asked = new Set<string>();

  constructor(surroundings: CredentialSurroundings) {
    this.#surroundings = surroundings;
  }

  /** Never waits for a person: where one has to be asked first there is no credential yet, and a change is told of later. */
  async credentialFor(origin: string): Promise<Credential | undefined> {
    const { secrets, allowed, stored, trust } = this.#surroundings;
    const known = originOf(origin);
    if (trust() === 'untrusted' || known === undefined || !stored.get().includes(known)) return undefined;
    const credential = credentialIn(await secrets.get(keyOf(known)));
    if (credential === undefined) return undefined;
    if (allowed.get().includes(known)) return credential;
    void this.#ask(known);
    return undefined;
  }

  /**
   * Waits until the person has said whether this workspace may send what is stored for an origin; agreed at once where
   * nothing is stored, or it was said before. For what must not go out without its credential meanwhile.
   */
  async settle(origin: string): Promise<'agreed' | 'declined'> {
    const { secrets, allowed, stored, trust } = this.#surroundings;
    const known = originOf(origin);
    if (trust() === 'untrusted' || known === undefined || !stored.get().includes(known)) return 'agreed';
    // A store that forgets, as in a browser, leaves nothing to ask about.
    if (credentialIn(await secrets.get(keyOf(known))) === undefined) return 'agreed';
    return allowed.get().includes(known) ? 'agreed' : this.#confirm(known);
  }

  /** Whether this workspace may send what is stored for an origin, as a person has said before: nobody is asked. */
  maySend(origin: string): boolean {
    const { stored, allowed, trust } = this.#surroundings;
    return trust() === 'trusted' && stored.get().includes(origin) && allowed.get().includes(origin);
  }

  /** Stores what a person typed in this workspace; so this workspace may send it. */
  async set(origin: string, credential: Credential): Promise<void> {
    const { secrets, stored, allowed, onChange } = this.#surroundings;
    await secrets.store(keyOf(origin), JSON.stringify(credential));
    await stored.set(including(stored.get(), origin));
    await allowed.set(including(allowed.get(), origin));
    onChange();
  }

  async forget(origin: string): Promise<void> {
    const { secrets, stored, allowed, onChange } = this.#surroundings;
    await secrets.delete(keyOf(origin));
    await stored.set(stored.get().filter((each) => each !== origin));
    await allowed.set(allowed.get().filter((each) => each !== origin));
    this.#asked.delete(origin);
    onChange();
  }

  /** Origins with a stored credential, in alphabetical order. */
  origins(): readonly string[] {
    return this.#surroundings.stored.get().toSorted();
  }

  async #ask(origin: string): Promise<void> {
    if (!this.#asked.has(origin)) await this.#confirm(origin);
  }

  async #confirm(origin: string): Promise<'agreed' | 'declined'> {
    this.#asked.add(origin);
    const { allowed, confirm, onChange } = this.#surroundings;
    if ((await confirm(origin)) === 'declined') return 'declined';
    await allowed.set(including(allowed.get(), origin));
    onChange();
    return 'agreed';
  }
}

/** `https://host:port` of an http(s) address, the port left out where it is the usual one; undefined of anything else. */
export function originOf(address: string): string | undefined {
  const url = URL.parse(address);
  return url !== null && /^https?:$/.test(url.protocol) ? url.origin : undefined;
}

function keyOf(origin: string): string {
  return `server-credential:${origin}`;
}

function including(origins: readonly string[], origin: string): readonly string[] {
  return [...new Set([...origins, origin])];
}

/** What a version before or after this one may have stored, too. */
function credentialIn(text: string | undefined): Credential | undefined {
  if (text === undefined) return undefined;
  try {
    const stored: unknown = JSON.parse(text);
    if (typeof stored !== 'object' || stored === null || !('kind' in stored)) return undefined;
    if (stored.kind === 'bearer' && 'token' in stored && typeof stored.token === 'string') {
      return { kind: 'bearer', token: stored.token };
    }
    if (stored.kind !== 'basic' || !('user' in stored) || !('password' in stored)) return undefined;
    const { user, password } = stored;
    return typeof user === 'string' && typeof password === 'string' ? { kind: 'basic', user, password } : undefined;
  } catch {
    return undefined;
  }
}
