import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type JsonValue, parseLenientJson } from '../../base/lenient-json.ts';
import { fail, type Result, succeed } from '../../base/result.ts';
import { type Column, doublesOf } from '../column-buffers.ts';
import { decodeText, type EvidenceBytes, readEvidence, readEvidenceAt } from '../evidence-file.ts';
import type { Places } from '../locate-artifact.ts';
import { type NpyArray, readNpy } from '../npy.ts';
import { readNpz } from '../npz.ts';
import { liesInside } from '../paths.ts';
import { type ColumnRequest, describeTable, readColumns } from '../table.ts';
import { tableFormat } from '../table-source.ts';
import type { Explanation, ExplanationHints } from './explanation.ts';
import { type LimeExplanation, type LimeHints, readLime } from './lime.ts';
import { arraysOf } from './named-arrays.ts';
import { shapOfArrays } from './shap-arrays.ts';
import { shapOfJson } from './shap-json.ts';
import { isImportanceTable, isTextColumn, shapOfTable } from './shap-table.ts';

const LARGEST_EXPLANATION = 512_000_000;
const MOST_COLUMNS = 20_000;
const BESIDE_NPY = ['base_values', 'expected_value'] as const;

/** What was read, and the files that it was read from. */
export interface ReadExplanation<Value> {
  readonly explanation: Value;
  readonly files: readonly EvidenceBytes['file'][];
}

interface Options extends Places {
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads SHAP values from npz, npy (with `base_values.npy` beside it, as `mlflow.shap` writes them), json, or a table.
 * Problems are whole sentences. Pickles are refused: reading one runs the code in it.
 */
export async function readShap(
  reference: string,
  hints: ExplanationHints,
  options: Options,
): Promise<Result<ReadExplanation<Explanation>>> {
  const read = await readFileOf(reference, options);
  if (!read.ok) return read;
  const parsed = await parseShap(read.value, hints, options);
  return parsed.ok ? parsed : inSentence(reference, parsed);
}

/** Reads LIME explanations from JSON. Problems are whole sentences. */
export async function readLimeFile(
  reference: string,
  hints: LimeHints,
  options: Options,
): Promise<Result<ReadExplanation<LimeExplanation>>> {
  const read = await readFileOf(reference, options);
  if (!read.ok) return read;
  const document = extensionOf(read.value) === 'json' ? jsonOf(read.value.bytes) : notJson();
  const lime = document.ok ? readLime(document.value, hints) : document;
  return lime.ok ? succeed({ explanation: lime.value, files: [read.value.file] }) : inSentence(reference, lime);
}

async function readFileOf(reference: string, options: Options): Promise<Result<EvidenceBytes>> {
  const what = 'The explanation';
  return readEvidence(reference, options, { what, mostBytes: LARGEST_EXPLANATION, signal: options.signal });
}

async function parseShap(
  read: EvidenceBytes,
  hints: ExplanationHints,
  options: Options,
): Promise<Result<ReadExplanation<Explanation>>> {
  const extension = extensionOf(read);
  const withFile = (result: Result<Explanation>): Result<ReadExplanation<Explanation>> =>
    result.ok ? succeed({ explanation: result.value, files: [read.file] }) : result;
  if (/^(?:pkl|pickle|joblib|dill)$/.test(extension) || (read.bytes[0] === 0x80 && extension !== 'npz')) {
    return fail(
      'pickle',
      'is a pickle: reading one runs whatever code is in it, so it is refused; save the arrays with `numpy.savez`',
    );
  }
  switch (extension) {
    case 'npz': {
      const arrays = readNpz(read.bytes);
      return arrays.ok ? withFile(shapOfArrays(arrays.value, hints)) : arrays;
    }
    case 'npy':
      return shapOfNpy(read, hints, options);
    case 'json': {
      const document = jsonOf(read.bytes);
      return document.ok ? withFile(shapOfJson(document.value, hints)) : document;
    }
    default: {
      const table = await tableOf(read, hints, options.signal);
      return table.ok ? withFile(table.value) : table;
    }
  }
}

async function shapOfNpy(
  read: EvidenceBytes,
  hints: ExplanationHints,
  options: Options,
): Promise<Result<ReadExplanation<Explanation>>> {
  const values = readNpy(read.bytes);
  if (!values.ok) return values;
  const arrays = new Map<string, NpyArray>([['values', values.value]]);
  const files = [read.file];
  for (const name of BESIDE_NPY) {
    const location = join(dirname(read.location), `${name}.npy`);
    if (!existsSync(location) || !liesInside(dirname(read.location), location)) continue;
    const path = `${dirname(read.file.path)}/${name}.npy`.replace(/^\.\//, '');
    const beside = await readEvidenceAt(location, path, {
      what: 'The file',
      mostBytes: LARGEST_EXPLANATION,
      signal: options.signal,
    });
    if (!beside.ok) return fail(beside.problem.code, `has “${name}.npy” beside it, which can’t be read`);
    const array = readNpy(beside.value.bytes);
    if (!array.ok) return fail(array.problem.code, `has “${name}.npy” beside it, and that ${array.problem.message}`);
    arrays.set(name, array.value);
    files.push(beside.value.file);
  }
  const shap = shapOfArrays(arraysOf(arrays), hints);
  return shap.ok ? succeed({ explanation: shap.value, files }) : shap;
}

async function tableOf(
  read: EvidenceBytes,
  hints: ExplanationHints,
  signal: AbortSignal | undefined,
): Promise<Result<Result<Explanation>>> {
  const files = { absolute: [read.location], relative: [read.file.path] };
  if (!tableFormat(files.absolute).ok) {
    return fail('explanation-format', 'is in no format that can be read; these can: npz, npy, json, csv, tsv, parquet');
  }
  const options = signal ? { signal } : {};
  const described = await describeTable(files, options);
  if (!described.ok) return unreadable(described);
  const names = described.value.map(({ name }) => name);
  if (names.length > MOST_COLUMNS) return fail('explanation-too-large', `has more than ${MOST_COLUMNS} columns`);
  const ofFeatures = isImportanceTable(names);
  const isKey = (name: string) => name === hints.key && !hints.columns?.includes(name);
  const wanted = names.map((name): ColumnRequest => {
    return { name, as: (ofFeatures && isTextColumn(name)) || isKey(name) ? 'value' : 'number' };
  });
  const table = await readColumns(files, wanted, options);
  if (!table.ok) return unreadable(table);
  const column = (name: string): Result<Column> =>
    table.value.columns.get(name) ?? fail('column-missing', `has no column “${name}”`);
  return succeed(
    shapOfTable(
      {
        names,
        rows: table.value.rows,
        numbers(name) {
          const found = column(name);
          if (!found.ok) return unreadable(found);
          return found.value.kind === 'number'
            ? succeed(doublesOf(found.value))
            : fail('not-numbers', `holds no numbers in its column “${name}”`);
        },
        texts(name) {
          const found = column(name);
          if (!found.ok) return unreadable(found);
          return succeed(textsOf(found.value));
        },
        keys(name) {
          const found = column(name);
          return found.ok ? found : unreadable(found);
        },
      },
      hints,
    ),
  );
}

function textsOf(column: Column): string[] {
  if (column.kind === 'number') return Array.from(column.values, String);
  return Array.from(column.codes, (code) => column.categories[code] ?? '');
}

function jsonOf(bytes: Uint8Array): Result<JsonValue> {
  const text = decodeText(bytes);
  return text === undefined ? fail('not-text', 'is not UTF-8 text') : parseLenientJson(text);
}

function notJson(): Result<never> {
  return fail('explanation-format', 'is not JSON; LIME explanations are read from JSON (`as_list` or `as_map`)');
}

function extensionOf(read: EvidenceBytes): string {
  return /\.([a-z0-9]+)$/.exec(read.location.toLowerCase())?.[1] ?? '';
}

/** A reason that is a sentence of its own, put behind what the sentence about the explanation starts with. */
function unreadable(failed: {
  readonly ok: false;
  readonly problem: { code: string; message: string };
}): Result<never> {
  return fail(failed.problem.code, `can’t be used: ${failed.problem.message.replace(/\.$/, '')}`);
}

function inSentence(
  reference: string,
  failed: { readonly ok: false; readonly problem: { code: string; message: string } },
): Result<never> {
  return fail(failed.problem.code, `The explanation “${reference}” ${failed.problem.message}.`);
}
