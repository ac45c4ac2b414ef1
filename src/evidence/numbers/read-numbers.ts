import { type JsonValue, parseLenientJson } from '../../base/lenient-json.ts';
import { fail, type Result } from '../../base/result.ts';
import { decodeText } from '../evidence-file.ts';
import { readAif360 } from './aif360.ts';
import { readClassificationReport } from './classification-report.ts';
import { readFairlearn, readFairlearnCsv } from './fairlearn.ts';
import { readKfp } from './kfp.ts';
import { readMlflowEvaluate } from './mlflow-evaluate.ts';
import type { StatedNumbers } from './stated-number.ts';

const READERS = {
  'classification-report': readClassificationReport,
  aif360: readAif360,
  fairlearn: readFairlearn,
  kfp: readKfp,
  'mlflow-evaluate': readMlflowEvaluate,
} as const satisfies Readonly<Record<string, (document: JsonValue) => Result<StatedNumbers>>>;

export type NumbersFormat = keyof typeof READERS;

/** Reads a file of numbers of the format that the policy names. Problems continue “the report …”. */
export function readNumbers(bytes: Uint8Array, format: NumbersFormat): Result<StatedNumbers> {
  const text = decodeText(bytes);
  if (text === undefined) return fail('report-format', 'is not UTF-8 text');
  if (text.trim() === '') return fail('report-format', 'is empty');
  const csv = format === 'fairlearn' ? readFairlearnCsv(text) : undefined;
  if (csv !== undefined) return csv;
  const document = parseLenientJson(text);
  return document.ok ? READERS[format](document.value) : document;
}
