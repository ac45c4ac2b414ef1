import type { Parsed, Problem } from '../base/result.ts';
import { issuesOf } from '../base/shape/issues-of.ts';
import * as z from '../base/shape/z.ts';
import { ASSESSMENT_SCHEMA, type Assessment } from './assessment.ts';
import { OUTCOME_STATUSES, type Outcome, type OutcomePart } from './outcome.ts';

/**
 * The bytes of an assessment file: JSON indented by two spaces, so that a diff shows what changed, keys in the
 * contract's order whatever the order in memory, UTF-8, one final newline.
 */
export function assessmentBytes(assessment: Assessment): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(inOrder(assessment), undefined, 2)}\n`);
}

/**
 * Reads an assessment file. Only bytes that this program would write itself are accepted: no other keys, no
 * duplicates, no other order or white space, so that two readers can't understand one file differently.
 */
export function parseAssessment(bytes: Uint8Array): Parsed<Assessment> {
  let plain: unknown;
  try {
    plain = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return refused('is not JSON in UTF-8');
  }
  const [issue] = issuesOf(AssessmentSchema, plain);
  if (issue !== undefined) {
    const where = issue.path.join('.') || 'its top';
    return refused(`is not as an assessment is written: ${where}: ${issue.code.replaceAll('_', ' ')}`);
  }
  const assessment = plain as Assessment;
  return Buffer.compare(assessmentBytes(assessment), bytes) === 0
    ? { value: assessment, problems: [] }
    : refused('has other bytes than this program writes: keys out of order or twice, or other white space');
}

function refused(why: string): Parsed<never> {
  const problem: Problem = { code: 'assessment-malformed', severity: 'error', message: `The assessment ${why}.` };
  return { value: undefined, problems: [problem] };
}

function inOrder(assessment: Assessment): Assessment {
  const { run, policy, tool, summary } = assessment;
  return {
    schema: assessment.schema,
    tool: { name: tool.name, version: tool.version },
    project: assessment.project,
    model: assessment.model,
    run: { id: run.id, name: run.name, source: run.source },
    policy: { path: policy.path, sha256: policy.sha256 },
    summary: {
      ok: summary.ok,
      counts: Object.fromEntries(
        OUTCOME_STATUSES.flatMap((status) => (summary.counts[status] ? [[status, summary.counts[status]]] : [])),
      ),
    },
    outcomes: assessment.outcomes.map(outcomeInOrder),
    model_id: assessment.model_id,
    baseline: assessment.baseline,
  };
}

function outcomeInOrder(outcome: Outcome): Outcome {
  const { id, check, title, severity, status, value, bound, interval, rows, formula, parts, message } = outcome;
  return {
    ...{ id, check, title, severity, status, value, bound, interval, rows, formula },
    ...(parts ? { parts: parts.map(partInOrder) } : {}),
    message,
    evidence: outcome.evidence.map(({ path, sha256 }) => ({ path, sha256 })),
    source: { line: outcome.source.line, column: outcome.source.column },
  };
}

function partInOrder({ name, status, value, interval, rows }: OutcomePart): OutcomePart {
  return { name, status, value, interval, rows };
}

const number = z.number().nullable();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const status = z.enum(OUTCOME_STATUSES);
const interval = z.tuple([z.number(), z.number()]).nullable();
const measured = { status, value: number, interval, rows: z.number().int().min(0).nullable() };

const OutcomeSchema = z.strictObject({
  id: z.string(),
  check: z.string(),
  title: z.string(),
  severity: z.enum(['required', 'advisory']),
  ...measured,
  bound: z.record(z.string(), z.number()).nullable(),
  formula: z.string().nullable(),
  parts: z.array(z.strictObject({ name: z.string(), ...measured })).optional(),
  message: z.string(),
  evidence: z.array(z.strictObject({ path: z.string(), sha256 })),
  source: z.strictObject({ line: z.number().int().gt(0), column: z.number().int().gt(0) }),
});

const AssessmentSchema = z.strictObject({
  schema: z.literal(ASSESSMENT_SCHEMA),
  tool: z.strictObject({ name: z.string(), version: z.string() }),
  project: z.string(),
  model: z.string(),
  run: z.strictObject({ id: z.string(), name: z.string(), source: z.string() }),
  policy: z.strictObject({ path: z.string(), sha256 }),
  summary: z.strictObject({ ok: z.boolean(), counts: z.partialRecord(status, z.number().int().gt(0)) }),
  outcomes: z.array(OutcomeSchema),
  model_id: sha256.nullable(),
  baseline: sha256.nullable(),
});
