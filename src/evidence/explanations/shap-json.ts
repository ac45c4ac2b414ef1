import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, jsonNumber } from '../../base/lenient-json.ts';
import { fail, type Result, succeed } from '../../base/result.ts';
import { type Explanation, type ExplanationHints, namesWithRole } from './explanation.ts';
import { arraysOfJson } from './named-arrays.ts';
import { shapOfArrays } from './shap-arrays.ts';
import { type ExplanationTable, importancesOf, shapOfTable } from './shap-table.ts';

/**
 * SHAP values out of JSON: an object of arrays (`values`, `base_values`, `feature_names`…), a list of records (one for
 * each row, or one for each feature with its importance), pandas' `orient="split"`, or importances by feature
 * (`{"age": 0.21}`, or by the feature's number, `{"0": 0.21}`, when the policy names `columns`).
 */
export function shapOfJson(document: JsonValue, hints: ExplanationHints): Result<Explanation> {
  if (isJsonArray(document)) {
    const records = document.filter(isJsonObject);
    if (records.length > 0 && records.length === document.length) return shapOfTable(tableOfRecords(records), hints);
    return fail('explanation-json', 'is a list of something else than records with the features’ names');
  }
  if (!isJsonObject(document)) return fail('explanation-json', 'is neither an object nor a list');
  const names = [...document.keys()];
  if (namesWithRole(names, 'values').length > 0) return shapOfArrays(arraysOfJson(document), hints);
  const columns = document.get('columns');
  const data = document.get('data');
  if (isJsonArray(columns) && isJsonArray(data)) {
    const table = tableOfSplit(columns, data);
    return table.ok ? shapOfTable(table.value, hints) : table;
  }
  return importancesByName(document, hints);
}

function importancesByName(document: JsonObject, hints: ExplanationHints): Result<Explanation> {
  const entries = [...document].map(([name, value]) => [name, jsonNumber(value)] as const);
  if (entries.length === 0 || entries.some(([, value]) => value === undefined)) {
    return fail('explanation-json', 'has neither `values` nor a number for each feature');
  }
  const values = Float64Array.from(entries, ([, value]) => value ?? Number.NaN);
  const keys = entries.map(([name]) => name);
  if (!keys.every((key) => /^\d{1,6}$/.test(key))) return importancesOf(keys, values, hints);
  const named = keys.map((key) => hints.columns?.[Number(key)]);
  if (named.some((name) => name === undefined)) {
    return fail('explanation-features', 'numbers its features instead of naming them; name them in `columns`');
  }
  return importancesOf(
    named.map((name) => name ?? ''),
    values,
    hints,
  );
}

function tableOfRecords(records: readonly JsonObject[]): ExplanationTable {
  const names = [...new Set(records.flatMap((record) => [...record.keys()]))];
  return tableOf(names, records.length, (row, name) => records[row]?.get(name));
}

function tableOfSplit(columns: readonly JsonValue[], data: readonly JsonValue[]): Result<ExplanationTable> {
  const names = columns.map(String);
  const rows = data.filter(isJsonArray);
  if (rows.length !== data.length || rows.some((row) => row.length !== names.length)) {
    return fail('explanation-json', 'has rows of another length than its columns');
  }
  const places = new Map(names.map((name, at) => [name, at]));
  return succeed(tableOf(names, rows.length, (row, name) => rows[row]?.[places.get(name) ?? -1]));
}

function tableOf(
  names: readonly string[],
  rows: number,
  cell: (row: number, name: string) => JsonValue | undefined,
): ExplanationTable {
  const column = (name: string) => Array.from({ length: rows }, (_, row) => cell(row, name));
  return {
    names,
    rows,
    numbers(name) {
      const numbers = column(name).map(jsonNumber);
      const wrong = numbers.indexOf(undefined);
      if (wrong >= 0) return fail('not-numbers', `has no number for “${name}” in row ${wrong + 1}`);
      return succeed(Float64Array.from(numbers, (value) => value ?? Number.NaN));
    },
    texts(name) {
      const texts = column(name);
      return texts.every((text) => typeof text === 'string' || typeof text === 'number')
        ? succeed(texts.map(String))
        : fail('not-texts', `has a row without “${name}”`);
    },
    keys(name) {
      const cells = column(name);
      if (cells.every((value) => typeof value === 'number')) {
        const values = Float64Array.from(cells);
        return succeed({ kind: 'number', values, nulls: 0, nans: values.filter(Number.isNaN).length });
      }
      if (!cells.every((value) => typeof value === 'string')) {
        return fail('not-keys', `has rows whose key “${name}” is neither a number nor a text`);
      }
      const categories = [...new Set(cells)];
      const codes = new Map(categories.map((text, code) => [text, code]));
      return succeed({
        kind: 'text',
        codes: Int32Array.from(cells, (text) => codes.get(text) ?? -1),
        categories,
        nulls: 0,
      });
    },
  };
}
