/** What proves to a server who asks. */
export type Credential =
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'basic'; readonly user: string; readonly password: string };

/** A credential and the only origin (`https://host:port`) that it may be sent to. */
export interface OriginCredential {
  readonly origin: string;
  readonly credential: Credential;
}

/** The value of the `Authorization` header. */
export function authorizationOf(credential: Credential): string {
  if (credential.kind === 'bearer') return `Bearer ${credential.token}`;
  return `Basic ${Buffer.from(`${credential.user}:${credential.password}`).toString('base64')}`;
}

/** Text that a server sent, without the credential: some servers repeat what they were sent. */
export function withoutSecrets(text: string, credential: Credential | undefined): string {
  if (credential === undefined) return text;
  const encoded = authorizationOf(credential).replace(/^\w+ /, '');
  const secrets = credential.kind === 'bearer' ? [credential.token] : [credential.password, encoded];
  return secrets
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
    .filter((secret) => secret !== '')
    .reduce((cleaned, secret) => cleaned.replaceAll(secret, '***'), text);
}
