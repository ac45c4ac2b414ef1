/** Makes what many runs have in common one thing in memory: the names of their metrics, above all. */
export interface Sharing {
  /** The same text, once. */
  text(text: string): string;
  /** The same texts in the same order, once. */
  list(texts: readonly string[]): readonly string[];
}

export function newSharing(): Sharing {
  const texts = new Map<string, string>();
  const lists = new Map<string, readonly string[]>();
  let newest: readonly string[] = [];
  const text = (given: string): string => {
    const known = texts.get(given);
    if (known !== undefined) return known;
    texts.set(given, given);
    return given;
  };
  return {
    text,
    list(given) {
      // Nearly always a run has what the run before it had; then no text needs to be hashed.
      if (isSame(given, newest)) return newest;
      const key = JSON.stringify(given);
      newest = lists.get(key) ?? given.map(text);
      lists.set(key, newest);
      return newest;
    },
  };
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, at) => text === b[at]);
}
