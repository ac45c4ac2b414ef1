import { fail, type Result, succeed } from '../../base/result.ts';
import type { ExplanationHints } from './explanation.ts';

/**
 * What the features are called: as the file says, else as the policy says; both must agree. `count` is known even
 * where there are no names. Problems continue "the explanation …".
 */
export function featureNames(
  inFile: readonly string[] | undefined,
  { columns }: Pick<ExplanationHints, 'columns'>,
  count: number | undefined,
): Result<{ readonly names: readonly string[] | undefined; readonly count: number | undefined }> {
  if (inFile && columns && (inFile.length !== columns.length || inFile.some((name, at) => name !== columns[at]))) {
    return fail('explanation-features', 'names other features than the policy’s `columns`, or in another order');
  }
  const names = inFile ?? columns;
  if (names !== undefined) {
    const twice = names.find((name, at) => names.indexOf(name) !== at);
    if (twice !== undefined) return fail('explanation-features', `names the feature “${twice.slice(0, 60)}” twice`);
    if (names.some((name) => name.trim() === '')) return fail('explanation-features', 'has a feature without a name');
  }
  return succeed({ names, count: names?.length ?? count });
}
