import { countOf, listInWords } from '../../base/text.ts';
import type { EvidenceBytes } from '../../evidence/evidence-file.ts';
import { type ReportFormat, readReport } from '../../evidence/reports/read-report.ts';
import type { ToolReport, ToolTest, ToolVerdict } from '../../evidence/reports/tool-report.ts';
import { type Finding, notEvaluable } from '../check-context.ts';

const MOST_NAMES = 3;

/** The worst first: it decides. */
const ORDER = ['failed', 'broken', 'warned', 'skipped'] as const satisfies readonly ToolVerdict[];

const STATUS = {
  failed: 'fail',
  broken: 'not_evaluable',
  warned: 'uncertain',
  skipped: 'uncertain',
} as const satisfies Record<(typeof ORDER)[number], Finding['status']>;

const WORDS: Readonly<Record<(typeof ORDER)[number], string>> = {
  failed: 'failed',
  broken: 'could not be evaluated by the tool',
  warned: 'ended with a warning, which a person must look at',
  skipped: 'did not run, which a person must look at',
};

/**
 * Takes the outcome from another tool's result file: `pass` only when something was tested and all of it passed. One
 * failure is `fail`; else what the tool could not evaluate is `not_evaluable`; else a warning or a skipped test is
 * `uncertain`, so that a person accepts it by name, or nobody does.
 */
export function judgeTests(read: EvidenceBytes, path: string, format: ReportFormat): Finding {
  const evidence = [read.file];
  const formula = `report/${format}`;
  const report = readReport(read.bytes, format);
  if (!report.ok) return notEvaluable(`The report “${path}” ${report.problem.message}.`, { evidence, formula });
  const { tests } = report.value;
  const decisive = ORDER.find((verdict) => tests.some((test) => test.verdict === verdict));
  const passed = tests.filter(({ verdict }) => verdict === 'passed').length;
  // Nothing that passed is no pass, whatever else is missing.
  const status = decisive === undefined ? (passed > 0 ? 'pass' : 'not_evaluable') : STATUS[decisive];
  return {
    status,
    value: null,
    bound: null,
    interval: null,
    rows: null,
    formula,
    message: messageOf(report.value, decisive),
    evidence,
  };
}

function messageOf(
  { tool, tests, unit, note, whenPassed }: ToolReport,
  decisive: (typeof ORDER)[number] | undefined,
): string {
  const besides = note === undefined ? '' : ` (${note})`;
  if (decisive === undefined) return `${tool}: ${whenPassed ?? allPassed(tests.length, unit)}${besides}.`;
  const affected = tests.filter(({ verdict }) => verdict === decisive);
  const others = ORDER.filter((verdict) => verdict !== decisive).flatMap((verdict) => {
    const count = tests.filter((test) => test.verdict === verdict).length;
    return count > 0 ? [`${count} ${verdict}`] : [];
  });
  const rest = others.length > 0 ? `; besides, ${listInWords(others)}` : '';
  return `${tool}: ${countOf(affected.length, unit)} of ${tests.length} ${WORDS[decisive]}: ${names(affected)}${rest}${besides}.`;
}

function allPassed(count: number, unit: string): string {
  return count === 1 ? `the one ${unit} passed` : `all ${countOf(count, unit)} passed`;
}

function names(tests: readonly ToolTest[]): string {
  const shown = tests.slice(0, MOST_NAMES).map(({ name }) => `“${name}”`);
  return listInWords(tests.length > MOST_NAMES ? [...shown, `${tests.length - MOST_NAMES} more`] : shown);
}
