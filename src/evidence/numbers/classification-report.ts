import { isJsonObject, type JsonObject, type JsonValue } from '../../base/lenient-json.ts';
import { type Result, succeed } from '../../base/result.ts';
import { contradiction, notThisFormat } from '../reports/tool-report.ts';
import type { StatedNumber, StatedNumbers } from './stated-number.ts';

const COLUMNS = ['precision', 'recall', 'f1-score', 'support'] as const;
const AVERAGES: ReadonlySet<string> = new Set(['micro avg', 'macro avg', 'weighted avg', 'samples avg']);
const NEARLY = 1e-9;

/**
 * Reads scikit-learn's `classification_report(output_dict=True)`: `["1", "recall"]`, `["macro avg", "f1-score"]`, and
 * `["accuracy"]`.
 *
 * Traps: with `zero_division=nan` the averages leave out the classes that have no value, so such an average is doubted;
 * a class that is itself called “accuracy” is overwritten by the accuracy, or, beside a micro average, leaves only its
 * precision under that name, which is refused. Accuracy is the recall weighted by support, which is verified.
 */
export function readClassificationReport(document: JsonValue): Result<StatedNumbers> {
  if (!isJsonObject(document) || !document.has('macro avg')) {
    return notThisFormat('is not what scikit-learn’s `classification_report(output_dict=True)` gives');
  }
  const numbers: StatedNumber[] = [];
  const classes = [...document].filter(([name, row]) => !AVERAGES.has(name) && isJsonObject(row));
  for (const [name, row] of document) {
    if (isJsonObject(row)) {
      const complaint = rowComplaint(name, row);
      if (complaint !== undefined) return notThisFormat(complaint);
      for (const column of COLUMNS) numbers.push(numberAt(name, column, row, classes));
    } else if (name === 'accuracy' && typeof row === 'number') {
      numbers.push({ path: [name], value: row, ...accuracyDoubt(document) });
    } else {
      return notThisFormat(`has something under “${name.slice(0, 60)}” that scikit-learn does not write`);
    }
  }
  const accuracy = document.get('accuracy');
  if (typeof accuracy === 'number' && !document.has('micro avg')) {
    const weighted = document.get('weighted avg');
    const recall = isJsonObject(weighted) ? weighted.get('recall') : undefined;
    if (typeof recall !== 'number' || Math.abs(recall - accuracy) > NEARLY) {
      return contradiction('its accuracy is not the recall weighted by support');
    }
  }
  return succeed({ tool: 'scikit-learn', numbers });
}

function rowComplaint(name: string, row: JsonObject): string | undefined {
  const exact = row.size === COLUMNS.length && COLUMNS.every((column) => typeof row.get(column) === 'number');
  return exact
    ? undefined
    : `has other numbers than precision, recall, f1-score and support under “${name.slice(0, 60)}”`;
}

function numberAt(
  name: string,
  column: (typeof COLUMNS)[number],
  row: JsonObject,
  classes: readonly (readonly [string, JsonValue])[],
): StatedNumber {
  const value = row.get(column);
  const stated = { path: [name, column], value: typeof value === 'number' ? value : undefined };
  if (!AVERAGES.has(name)) return stated;
  const without = classes.find(([, each]) => isJsonObject(each) && !Number.isFinite(each.get(column)));
  return without === undefined
    ? stated
    : { ...stated, doubt: `leaves out the class “${without[0].slice(0, 60)}”, for which it is not defined` };
}

function accuracyDoubt(document: JsonObject): { readonly doubt?: string } {
  return document.has('micro avg')
    ? { doubt: 'is the precision of a class of that name: scikit-learn writes no accuracy beside a micro average' }
    : {};
}
