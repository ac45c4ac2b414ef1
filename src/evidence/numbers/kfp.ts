import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  jsonNumber,
  jsonText,
} from '../../base/lenient-json.ts';
import { type Result, succeed } from '../../base/result.ts';
import { notThisFormat } from '../reports/tool-report.ts';
import type { StatedNumber, StatedNumbers } from './stated-number.ts';

/** Whoever writes 90 for 90 % would hold every bound that is a share. */
const TOO_MUCH = 'is shown as a percentage, which Kubeflow Pipelines states as a share, and is more than 1';

/**
 * Reads numbers of Kubeflow Pipelines: the file `mlpipeline-metrics.json` of version 1
 * (`{"metrics": [{"name": "accuracy", "numberValue": 0.9, "format": "PERCENTAGE"}]}`: always a share, 0.9 is 90 %), and
 * the metadata of a Metrics or ClassificationMetrics artifact of version 2, alone or inside the artifact.
 *
 * The file that a component's executor writes (`executor_output.json`) has the metadata of each output artifact by its
 * name, `["metrics", "accuracy"]`, and output parameters by theirs, `["threshold"]`.
 *
 * Its confusion matrix is `["confusionMatrix", <row>, <column>]`, its curve `["confidenceMetrics", <threshold>, "recall"]`.
 */
export function readKfp(document: JsonValue): Result<StatedNumbers> {
  if (!isJsonObject(document)) return notThisFormat('is not what Kubeflow Pipelines writes');
  const list = document.get('metrics');
  const metadata = document.get('metadata');
  const isExecutors = isJsonObject(document.get('artifacts')) || isJsonObject(document.get('parameterValues'));
  const numbers = isExecutors
    ? numbersOfExecutor(document)
    : isJsonArray(list)
      ? numbersOfFirstVersion(list)
      : numbersOfMetadata(isJsonObject(metadata) ? metadata : document);
  if (numbers === undefined) return notThisFormat('is not what Kubeflow Pipelines writes');
  return numbers.length > 0 ? succeed({ tool: 'Kubeflow Pipelines', numbers }) : notThisFormat('holds no number');
}

function numbersOfExecutor(document: JsonObject): StatedNumber[] | undefined {
  const numbers: StatedNumber[] = [];
  for (const [name, value] of objectAt(document, 'parameterValues') ?? []) {
    const number = jsonNumber(value);
    if (number !== undefined) numbers.push({ path: [name], value: number });
  }
  for (const [output, value] of objectAt(document, 'artifacts') ?? []) {
    const list = isJsonObject(value) ? listAt(value, 'artifacts') : undefined;
    if (list === undefined) return undefined;
    for (const artifact of list) {
      const metadata = isJsonObject(artifact) ? objectAt(artifact, 'metadata') : undefined;
      const own = metadata === undefined ? [] : numbersOfMetadata(metadata);
      if (own === undefined) return undefined;
      // Several artifacts of one output would have the same names: then which is meant can't be told, and that is said.
      numbers.push(...own.map((number) => ({ ...number, path: [output, ...number.path] })));
    }
  }
  return numbers;
}

function objectAt(object: JsonObject, key: string): JsonObject | undefined {
  const value = object.get(key);
  return isJsonObject(value) ? value : undefined;
}

function numbersOfFirstVersion(list: readonly JsonValue[]): StatedNumber[] | undefined {
  const numbers = list.map((metric) => {
    const object = isJsonObject(metric) ? metric : undefined;
    const name = jsonText(object, 'name');
    const value = jsonNumber(object?.get('numberValue'));
    if (name === undefined || value === undefined) return undefined;
    const isPercentage = jsonText(object, 'format') === 'PERCENTAGE';
    return isPercentage && Math.abs(value) > 1 ? { path: [name], value, doubt: TOO_MUCH } : { path: [name], value };
  });
  return numbers.every((number) => number !== undefined) ? numbers : undefined;
}

function numbersOfMetadata(metadata: JsonObject): StatedNumber[] | undefined {
  const numbers: StatedNumber[] = [];
  for (const [name, value] of metadata) {
    const number = jsonNumber(value);
    if (number !== undefined) numbers.push({ path: [name], value: number });
    else if (name === 'confusionMatrix') {
      const cells = cellsOf(value);
      if (cells === undefined) return undefined;
      numbers.push(...cells);
    } else if (name === 'confidenceMetrics') {
      const points = pointsOf(value);
      if (points === undefined) return undefined;
      numbers.push(...points);
    }
    // Other metadata, such as a display name, are no numbers.
  }
  return numbers;
}

function cellsOf(matrix: JsonValue): StatedNumber[] | undefined {
  const object = isJsonObject(matrix) ? matrix : undefined;
  const labels = listAt(object, 'annotationSpecs')?.map((each) =>
    isJsonObject(each) ? jsonText(each, 'displayName') : undefined,
  );
  const rows = listAt(object, 'rows');
  if (labels === undefined || rows === undefined || rows.length !== labels.length) return undefined;
  const numbers: StatedNumber[] = [];
  for (const [index, row] of rows.entries()) {
    const cells = isJsonObject(row) ? listAt(row, 'row') : undefined;
    if (cells?.length !== labels.length) return undefined;
    for (const [at, cell] of cells.entries()) {
      const value = jsonNumber(cell);
      const from = labels[index];
      const to = labels[at];
      if (from === undefined || to === undefined || value === undefined) return undefined;
      numbers.push({ path: ['confusionMatrix', from, to], value });
    }
  }
  return numbers;
}

function pointsOf(list: JsonValue): StatedNumber[] | undefined {
  if (!isJsonArray(list)) return undefined;
  const numbers: StatedNumber[] = [];
  for (const point of list) {
    const object = isJsonObject(point) ? point : undefined;
    const threshold = jsonNumber(object?.get('confidenceThreshold'));
    if (object === undefined || threshold === undefined) return undefined;
    for (const name of ['recall', 'falsePositiveRate']) {
      const value = jsonNumber(object.get(name));
      if (value !== undefined) numbers.push({ path: ['confidenceMetrics', String(threshold), name], value });
    }
  }
  return numbers;
}

function listAt(object: JsonObject | undefined, key: string): readonly JsonValue[] | undefined {
  const list = object?.get(key);
  return isJsonArray(list) ? list : undefined;
}
