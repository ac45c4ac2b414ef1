import { ANCHORS } from './guards/anchors.ts';
import { BYTES } from './guards/bytes.ts';
import { CHECKS } from './guards/checks.ts';
import type { Guard } from './guards/guard.ts';
import { ORDER } from './guards/order.ts';
import { WHO } from './guards/who.ts';

/** Every guard of the verifier, and the attacks that it stops. */
export const GUARDS: readonly Guard[] = [...WHO, ...CHECKS, ...ORDER, ...BYTES, ...ANCHORS];
