import type { Reading } from '../engine/open-runs-cache.ts';

/** How much of what is known may not hold any more. Widest first: each takes in those that follow it. */
const SCOPES = ['anew', 'everything', 'changes', 'approvals'] as const;
export type Scope = (typeof SCOPES)[number];

/** A reason to look again. */
export interface Look {
  readonly scope: Scope;
  /** Absolute paths that watchers told of. */
  readonly changed: ReadonlySet<string>;
  /** Whether approvals are read again also where the assessment stays the same. */
  readonly approvals: 'read again' | 'kept if possible';
}

/** Beyond this many, reading everything again is quicker than finding out what belongs to which run. */
const MOST_CHANGES = 2_000;

export function lookFor(scope: Scope, changed: Iterable<string> = []): Look {
  return bounded({
    scope,
    changed: new Set(changed),
    approvals: scope === 'changes' ? 'kept if possible' : 'read again',
  });
}

/** The look that answers both. */
export function widestLook(one: Look, other: Look | undefined): Look {
  if (other === undefined) return one;
  return bounded({
    scope: SCOPES.find((scope) => scope === one.scope || scope === other.scope) ?? 'everything',
    changed: new Set([...one.changed, ...other.changed]),
    approvals: one.approvals === 'read again' ? one.approvals : other.approvals,
  });
}

/** What the engine has to read for it. */
export function readingOf({ scope, changed }: Look): Reading {
  if (scope === 'anew') return { kind: 'anew' };
  return scope === 'changes' ? { kind: 'changes', paths: [...changed] } : { kind: 'whole' };
}

function bounded(look: Look): Look {
  if (look.changed.size <= MOST_CHANGES) return look;
  return { ...look, scope: look.scope === 'changes' ? 'everything' : look.scope, changed: new Set() };
}
