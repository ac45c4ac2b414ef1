import { type JsonValue, parseLenientJson } from '../../base/lenient-json.ts';
import { fail, type Result } from '../../base/result.ts';
import { decodeText } from '../evidence-file.ts';
import { parseXml } from '../xml.ts';
import { readDeepchecks } from './deepchecks.ts';
import { readEvidently } from './evidently.ts';
import { readGiskard } from './giskard.ts';
import { readGreatExpectations } from './great-expectations.ts';
import { readJunit } from './junit.ts';
import { readSarif } from './sarif.ts';
import type { ToolReport } from './tool-report.ts';

export const LARGEST_REPORT = 64_000_000;

const JSON_READERS = {
  evidently: readEvidently,
  deepchecks: readDeepchecks,
  'great-expectations': readGreatExpectations,
  giskard: readGiskard,
  sarif: readSarif,
} as const satisfies Readonly<Record<string, (document: JsonValue) => Result<ToolReport>>>;

export type ReportFormat = keyof typeof JSON_READERS | 'junit';

/** Reads a result file of the format that the policy names. Problems continue "the report …"; nothing is guessed. */
export function readReport(bytes: Uint8Array, format: ReportFormat): Result<ToolReport> {
  const text = decodeText(bytes);
  if (text === undefined) return fail('report-format', 'is not UTF-8 text');
  if (text.trim() === '') return fail('report-format', 'is empty');
  if (format === 'junit') {
    const root = parseXml(text);
    return root.ok ? readJunit(root.value) : root;
  }
  const document = parseLenientJson(text);
  return document.ok ? JSON_READERS[format](document.value) : document;
}
