import type { ColumnRequest } from '../../evidence/table.ts';
import { CATEGORICAL_METHODS, NUMERIC_METHODS } from '../../metrics/drift/column-drift.ts';
import type { DriftCheck } from '../../policy/schema.ts';

/** How the columns of a check are read. Where it names none, all are read as whatever they hold. */
export function driftColumnsAs({ method, columns }: Pick<DriftCheck, 'method' | 'columns'>): ColumnRequest['as'] {
  if (columns === undefined) return 'detect';
  if ((NUMERIC_METHODS as readonly string[]).includes(method)) return 'number';
  return (CATEGORICAL_METHODS as readonly string[]).includes(method) ? 'value' : 'detect';
}
