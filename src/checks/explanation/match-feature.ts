/**
 * Whether an explained feature is, or was made from, a forbidden one. Names are compared without case and white space
 * around them. Beside the name itself these count, since they are how pipelines call what they make of a column:
 *
 * - its one-hot and other expansions: the name followed by `_ - = . : [ ( / |` or a space (`sex_male`, `sex=male`, `sex.1`);
 * - either with what scikit-learn's `ColumnTransformer` puts before it, up to `__` (`cat__sex_male`, `remainder__sex`);
 * - products and powers of it (`sex*age`, `sex × age`, `sex:age`, `sex age`, `sex^2`).
 *
 * A longer word is another feature (`age` is not `package` or `ages`). `age_of_account` does match `age`: whether it is
 * one of its expansions can't be told by its name, and a wrong pass is worse than a question.
 */
export function isMadeFrom(feature: string, forbidden: string): boolean {
  const wanted = normal(forbidden);
  if (wanted === '') return false;
  return candidates(normal(feature)).some((name) => name === wanted || expands(name, wanted));
}

function expands(name: string, wanted: string): boolean {
  return name.startsWith(wanted) && /^[\s_\-=.:[(/|^*×]/.test(name.slice(wanted.length));
}

/** The name, and its factors, each with and without a prefix. */
function candidates(name: string): string[] {
  const factors = name.split(/\s*[*×:]\s*|\s+/).filter((factor) => factor !== '');
  return [name, ...factors].flatMap((part) => {
    const prefixes = [...part.matchAll(/__/g)].map(({ index }) => part.slice(index + 2));
    return [part, ...prefixes];
  });
}

function normal(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase();
}
