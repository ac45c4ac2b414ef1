import { createHmac } from 'node:crypto';

export interface SignedCall {
  /** Stays the same when a call is repeated. */
  readonly id: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly body: string;
}

/**
 * The headers that prove a call: Standard Webhooks (`v1`, HMAC-SHA256 over `id.timestamp.body`, base64) and GitHub's
 * `X-Hub-Signature-256` (HMAC-SHA256 over the body, hex). Sources: the specification at standardwebhooks.com, and
 * GitHub's “Validating webhook deliveries”.
 *
 * @param secret as it is stored; `whsec_` in front says that base64 follows, which GitHub's kind takes as plain text
 */
export function signatureHeaders({ id, timestamp, body }: SignedCall, secret: string): Record<string, string> {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : Buffer.from(secret);
  const standard = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  const github = createHmac('sha256', secret).update(body).digest('hex');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': `v1,${standard}`,
    'x-hub-signature-256': `sha256=${github}`,
  };
}
