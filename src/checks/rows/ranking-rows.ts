import { fail, type Result, succeed } from '../../base/result.ts';
import type { Dataset } from '../../policy/schema.ts';
import { codesOf, firstOutside, noRows, numbersOf, type RowColumns, whereOf } from './columns.ts';
import type { RowCodes } from './dataset-rows.ts';
import { compactCodes, gatherFloats, gatherInts } from './gather.ts';
import { once } from './once.ts';

/** The rows of a data set as a ranking's metrics need them. */
export interface RankingRows {
  /** The query of each row, numbered in the order of their first rows. */
  queries(): Result<RowCodes>;
  /** Relevance: finite, not negative. */
  labels(): Result<Float64Array>;
  /** Finite numbers; the highest comes first. */
  scores(): Result<Float64Array>;
}

export function rankingRows(source: RowColumns, dataset: Dataset): RankingRows {
  return {
    queries: once(() => (source.rows === 0 ? noRows(source.name) : codesOf(source, dataset.query, 'query'))),
    labels: once((): Result<Float64Array> => {
      const found = source.rows === 0 ? noRows<Float64Array>(source.name) : numbersOf(source, dataset.label, 'label');
      if (!found.ok) return found;
      const row = firstOutside(found.value, 0, Number.MAX_VALUE);
      if (row < 0) return found;
      const where = whereOf('label', dataset.label, source.name);
      return fail('label-negative', `${where} is negative in row ${row + 1}; relevance is 0 or more.`);
    }),
    scores: once(() => (source.rows === 0 ? noRows(source.name) : numbersOf(source, dataset.score, 'score'))),
  };
}

/** Some of the rows. A query may keep only some of its rows; it is then ranked without the others. */
export function restrictRanking(whole: RankingRows, indices: () => Int32Array): RankingRows {
  const some = (of: () => Result<Float64Array>) =>
    once((): Result<Float64Array> => {
      const all = of();
      return all.ok ? succeed(gatherFloats(all.value, indices())) : all;
    });
  return {
    queries: once((): Result<RowCodes> => {
      const all = whole.queries();
      if (!all.ok) return all;
      const { codes, count } = compactCodes(gatherInts(all.value.codes, indices()), all.value.count);
      return succeed({ codes, count });
    }),
    labels: some(whole.labels),
    scores: some(whole.scores),
  };
}
