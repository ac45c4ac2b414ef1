import type { SignedStatement } from './signed-statement.ts';

/** Whether one statement was made after another, as far as the statements themselves tell. */
export type ComesAfter = (later: SignedStatement, earlier: SignedStatement) => boolean;

/** One statement comes after another that it supersedes, directly or through others. Ids are hashes, so there are no circles. */
export function successionOf(statements: readonly SignedStatement[]): ComesAfter {
  const byId = new Map(statements.map((statement) => [statement.id, statement]));
  const reached = new Map<string, ReadonlySet<string>>();
  const reach = (start: SignedStatement): ReadonlySet<string> => {
    const known = reached.get(start.id);
    if (known !== undefined) return known;
    const seen = new Set<string>();
    const open = [...start.statement.predicate.supersedes];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (seen.has(id)) continue;
      seen.add(id);
      // One by one: a list may be longer than a call can have arguments.
      for (const next of byId.get(id)?.statement.predicate.supersedes ?? []) open.push(next);
    }
    reached.set(start.id, seen);
    return seen;
  };
  return (later, earlier) => reach(later).has(earlier.id);
}
