import type { Check } from '../policy/schema.ts';
import { type CheckContext, type Finding, notEvaluable } from './check-context.ts';

/** Kinds that are valid policy and that this version can't evaluate yet. */
export async function checkNotSupported(check: Check, _context: CheckContext): Promise<Finding> {
  return notSupported(`A check of the kind “${check.check}”`);
}

/** Says so, and never passes: what a policy demands and this version can't judge stays open. */
export function notSupported(what: string, known: Partial<Finding> = {}): Finding {
  return notEvaluable(`${what} is not supported by this version.`, known);
}
