import type { Policy } from '../policy/schema.ts';
import type { SignedStatement } from './signed-statement.ts';

/**
 * Whether the environment wants a security key and this signature is not by one. A key that lies in a file can sign for
 * whoever has the file; a touch says that somebody sat there. It matters to what opens something, never to what closes.
 */
export function lacksTouch({ touched, statement }: SignedStatement, policy: Policy): boolean {
  return policy.signoff.environments[statement.predicate.environment]?.require_touch === true && !touched;
}
