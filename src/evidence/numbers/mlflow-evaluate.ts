import { isJsonObject, type JsonValue, jsonNumber } from '../../base/lenient-json.ts';
import { type Result, succeed } from '../../base/result.ts';
import { notThisFormat } from '../reports/tool-report.ts';
import type { StatedNumbers } from './stated-number.ts';

/** Reads the `metrics.json` of MLflow’s `EvaluationResult.save()`: `{"accuracy_score": 0.9, …}`. */
export function readMlflowEvaluate(document: JsonValue): Result<StatedNumbers> {
  if (!isJsonObject(document) || document.size === 0) {
    return notThisFormat('is not the metrics.json that MLflow’s evaluation saves');
  }
  const numbers = [...document].map(([name, value]) => ({ path: [name], value: jsonNumber(value) }));
  return numbers.some(({ value }) => value === undefined)
    ? notThisFormat('holds something else than numbers by name')
    : succeed({ tool: 'MLflow', numbers });
}
