import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { rowsWithExtremes } from '../../../../src/metrics/reduce/rows-with-extremes.ts';

const table = fc
  .record({ rows: fc.nat(300), columns: fc.nat(4), evenly: fc.integer({ min: 1, max: 80 }) })
  .chain(({ rows, columns, evenly }) =>
    fc.record({
      rows: fc.constant(rows),
      evenly: fc.constant(evenly),
      columns: fc.array(fc.array(fc.double(), { minLength: rows, maxLength: rows }), {
        minLength: columns,
        maxLength: columns,
      }),
    }),
  );

test('the rows with the least and the greatest value of each column are always among them, and never too many', () => {
  fc.assert(
    fc.property(table, ({ rows, columns, evenly }) => {
      const chosen = rowsWithExtremes(rows, columns, evenly);
      assert.deepEqual(
        chosen,
        [...new Set(chosen)].toSorted((a, b) => a - b),
      );
      assert.ok(chosen.every((row) => row >= 0 && row < rows));
      assert.ok(chosen.length <= evenly + 2 * columns.length);
      for (const column of columns) {
        const numbers = column.filter((value) => !Number.isNaN(value));
        if (numbers.length === 0) continue;
        const kept = chosen.map((row) => column[row]).filter((value) => !Number.isNaN(value)) as number[];
        assert.equal(Math.min(...kept), Math.min(...numbers));
        assert.equal(Math.max(...kept), Math.max(...numbers));
      }
    }),
  );
});

test('all rows are taken where there are few', () => {
  assert.deepEqual(rowsWithExtremes(3, [[1, 2, 3]], 150), [0, 1, 2]);
});
