import { isJsonObject, type JsonObject, type JsonValue } from '../../base/lenient-json.ts';
import { type Result, succeed } from '../../base/result.ts';
import { contradiction, notThisFormat } from '../reports/tool-report.ts';
import {
  averageDoubt,
  CLASSIFICATION_COLUMNS,
  type ClassRow,
  cellDoubt,
  impossibleCell,
} from './classification-rows.ts';
import type { StatedNumber, StatedNumbers } from './stated-number.ts';

const AVERAGES: ReadonlySet<string> = new Set(['micro avg', 'macro avg', 'weighted avg', 'samples avg']);
const NEARLY = 1e-9;

/**
 * Reads scikit-learn's `classification_report(output_dict=True)`: `["1", "recall"]`, `["macro avg", "f1-score"]`, and
 * `["accuracy"]`.
 *
 * Traps: with `zero_division=nan` the averages leave out the classes that have no value, and with `zero_division=1` a
 * class that has no rows, or that was never predicted, has the best value there is: such numbers are doubted. A class
 * that is itself called “accuracy” is overwritten by the accuracy, or, beside a micro average, leaves only its
 * precision under that name, which is refused. Accuracy is the recall weighted by support, which is verified; averages
 * must be what the classes come to.
 */
export function readClassificationReport(document: JsonValue): Result<StatedNumbers> {
  if (!isJsonObject(document) || !document.has('macro avg')) {
    return notThisFormat('is not what scikit-learn’s `classification_report(output_dict=True)` gives');
  }
  const rows: ClassRow[] = [];
  for (const [name, row] of document) {
    if (isJsonObject(row)) {
      const complaint = rowComplaint(name, row);
      if (complaint !== undefined) return notThisFormat(complaint);
      rows.push({ name, cells: row });
    } else if (name !== 'accuracy' || typeof row !== 'number') {
      return notThisFormat(`has something under “${name.slice(0, 60)}” that scikit-learn does not write`);
    }
  }
  const classes = rows.filter(({ name }) => !AVERAGES.has(name));
  const accuracy = document.get('accuracy');
  if (classes.length === 0) return notThisFormat('lists no class');
  const numbers = rows.flatMap((row) => CLASSIFICATION_COLUMNS.map((column) => numberAt(row, column, classes)));
  if (typeof accuracy !== 'number') return succeed({ tool: 'scikit-learn', numbers });
  if (!document.has('micro avg')) {
    const weighted = document.get('weighted avg');
    const recall = isJsonObject(weighted) ? weighted.get('recall') : undefined;
    if (typeof recall !== 'number' || Math.abs(recall - accuracy) > NEARLY) {
      return contradiction('its accuracy is not the recall weighted by support');
    }
  }
  const stated = { path: ['accuracy'], value: accuracy, ...accuracyDoubt(document, rows, classes) };
  return succeed({ tool: 'scikit-learn', numbers: [...numbers, stated] });
}

function rowComplaint(name: string, row: JsonObject): string | undefined {
  const exact =
    row.size === CLASSIFICATION_COLUMNS.length &&
    CLASSIFICATION_COLUMNS.every((column) => typeof row.get(column) === 'number');
  if (!exact) return `has other numbers than precision, recall, f1-score and support under “${name.slice(0, 60)}”`;
  const impossible = impossibleCell({ name, cells: row });
  return impossible === undefined
    ? undefined
    : `has a ${impossible} under “${name.slice(0, 60)}” that no ${impossible} can be`;
}

function numberAt(
  row: ClassRow,
  column: (typeof CLASSIFICATION_COLUMNS)[number],
  classes: readonly ClassRow[],
): StatedNumber {
  const value = row.cells.get(column);
  const stated = { path: [row.name, column], value: typeof value === 'number' ? value : undefined };
  const doubt = AVERAGES.has(row.name) ? averageDoubt(row, column, classes) : cellDoubt(row, column);
  return doubt === undefined ? stated : { ...stated, doubt };
}

/** A class that is called “accuracy” is not among the classes; then the accuracy can’t be counted from them. */
function accuracyDoubt(
  document: JsonObject,
  rows: readonly ClassRow[],
  classes: readonly ClassRow[],
): { readonly doubt?: string } {
  if (document.has('micro avg')) {
    return {
      doubt: 'is the precision of a class of that name: scikit-learn writes no accuracy beside a micro average',
    };
  }
  const weighted = rows.find(({ name }) => name === 'weighted avg');
  const doubt = weighted === undefined ? undefined : averageDoubt(weighted, 'recall', classes);
  return doubt === undefined ? {} : { doubt };
}
