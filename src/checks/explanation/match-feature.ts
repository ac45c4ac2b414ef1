/**
 * Whether an explained feature is, or was made from, a forbidden one. Names are compared without case and white space
 * around them, and without what stands between their words (`zipcode`, `zip_code`, `ZipCode`). Beside the name itself
 * these count, since they are how pipelines call what they make of a column:
 *
 * - its one-hot and other expansions: the name followed by `_ - = . : [ ( / |` or a space (`sex_male`, `sex=male`,
 *   `sex.1`), a capital letter or a number (`sexMale`, `sex1`);
 * - either with what scikit-learn's `ColumnTransformer` puts before it, up to `__` (`cat__sex_male`, `remainder__sex`),
 *   or inside what is applied to it (`C(sex)[T.male]`, `log(age)`);
 * - products and powers of it (`sex*age`, `sex × age`, `sex:age`, `sex age`, `sex^2`).
 *
 * A longer word is another feature (`age` is not `package` or `ages`). `age_of_account` does match `age`: whether it is
 * one of its expansions can't be told by its name, and a wrong pass is worse than a question.
 */
export function isMadeFrom(feature: string, forbidden: string): boolean {
  const wanted = normal(forbidden);
  if (wanted === '') return false;
  return candidates(normal(feature)).some(
    (name) => name === wanted || expands(name, wanted) || (joined(name) !== '' && joined(name) === joined(wanted)),
  );
}

/** Whether the forbidden name stands among the words of the feature's (`applicant_sex`), so that a person must tell. */
export function mentions(feature: string, forbidden: string): boolean {
  const wanted = wordsOf(forbidden);
  if (wanted === '  ') return false;
  // What stands in brackets are units and levels.
  return wordsOf(feature.replaceAll(/\([^()]*\)|\[[^[\]]*\]/g, ' ')).includes(wanted);
}

/** Whether the name only counts features, as libraries do that were given none: `f0`, `x12`, `Column_3`, `Feature 0`. */
export function isNumberOnly(feature: string): boolean {
  return /^(?:[fvx]|col|column|feat|feature|var|variable)[\s_-]?\d+$/i.test(feature.trim());
}

function expands(name: string, wanted: string): boolean {
  if (!name.startsWith(wanted)) return false;
  const rest = name.slice(wanted.length);
  return /^[\s_\-=.:[(/|^*×)]/.test(rest) || (/^\d/.test(rest) && /\D$/.test(wanted));
}

/** The name, its factors, and what functions are applied to, each with and without a prefix. */
function candidates(name: string): string[] {
  const factors = name.split(/\s*[*×:]\s*|\s+/).filter((factor) => factor !== '');
  return [name, ...factors].flatMap((part) => {
    const prefixes = [...part.matchAll(/__|\(/g)].map(({ 0: mark, index }) => part.slice(index + mark.length));
    return [part, ...prefixes];
  });
}

/** In lower case, with `_` before the capitals within a word: `maritalStatus` is `marital_status`. */
function normal(name: string): string {
  return name
    .normalize('NFKC')
    .trim()
    .replaceAll(/(?<=[\p{Ll}\d])(?=\p{Lu})/gu, '_')
    .toLowerCase();
}

function joined(name: string): string {
  return name.replaceAll(/[\s_.-]/g, '');
}

/** The words, with a space around each. */
function wordsOf(name: string): string {
  return ` ${normal(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .join(' ')} `;
}
