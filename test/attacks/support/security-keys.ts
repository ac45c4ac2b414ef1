import type { TestPerson } from '../../unit/approval/support/person.ts';
import { makeSecurityKey, TOUCHED } from '../../unit/approval/support/security-key.ts';
import {
  ana,
  ben,
  DPIA,
  eve,
  makeWorld,
  POLICY,
  type Signed,
  type Signing,
} from '../../unit/approval/support/sign-off-case.ts';
import type { Recipe } from './recipe.ts';

/** The policy with security keys demanded for production. */
export const TOUCH_POLICY = POLICY.replace('expires_after: 90d', 'expires_after: 90d, require_touch: true');

export const anasKey = makeSecurityKey(ana.name, 'sk-ssh-ed25519@openssh.com');
export const bensKey = makeSecurityKey(ben.name, 'sk-ecdsa-sha2-nistp256@openssh.com');
export const bensUntouchedKey = makeSecurityKey(ben.name, 'sk-ssh-ed25519@openssh.com', 0);
export const bensVerifiedUntouchedKey = makeSecurityKey(ben.name, 'sk-ssh-ed25519@openssh.com', 0xff & ~TOUCHED);

/** Everybody's keys, the plain and the security ones. */
export const TOUCH_SIGNERS = [ana, ben, eve, anasKey, bensKey, bensUntouchedKey, bensVerifiedUntouchedKey]
  .map(({ line }) => line)
  .join('\n');

const world = makeWorld(TOUCH_POLICY);
export const byAnasKey = world.sign({ by: anasKey, predicate: { role: 'data-science' } });

/** Ben's part under a policy that demands touch, with whichever of his keys. */
export function byBen(by: TestPerson, predicate: Signing['predicate'] = {}): Signed {
  return world.sign({ by, predicate: { attestations: [DPIA], ...predicate } });
}

export function whereTouchIsDemanded(...approvals: readonly Signed[]): Recipe {
  return { policy: TOUCH_POLICY, signers: TOUCH_SIGNERS, approvals };
}
