/** The keys and list indices that lead from the top of a policy to something in it. */
export type PolicyPath = readonly PropertyKey[];

/** What stands at a path in plain data; undefined where it leads nowhere. Own keys only. */
export function valueAt(value: unknown, path: PolicyPath): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, step)) {
      return undefined;
    }
    current = (current as Record<PropertyKey, unknown>)[step];
  }
  return current;
}
