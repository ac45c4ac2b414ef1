import { fail, type Result, succeed } from '../base/result.ts';
import { MAX_ENVELOPE_BYTES } from './dsse.ts';
import { FieldError, FieldReader, readText } from './field-reader.ts';
import { endOfDay, isName, isSha256, parseInstant } from './formats.ts';
import {
  type ApprovalPredicate,
  type ApprovalStatement,
  DECISIONS,
  PREDICATE_TYPE,
  STATEMENT_TYPE,
} from './statement.ts';
import { type JsonValue, parseStrictJson } from './strict-json.ts';
import { readSubjects } from './subject-reader.ts';

const STATEMENT_FIELDS = ['_type', 'subject', 'predicateType', 'predicate'];
const PREDICATE_FIELDS = [
  'project',
  'model',
  'run',
  'environment',
  'decision',
  'role',
  'approver',
  'comment',
  'policy',
  'assessment',
  'accepted',
  'waivers',
  'attestations',
  'replaces',
  'supersedes',
  'deployment',
  'trained_by',
  'issued',
  'expires',
  'tool',
];

/** Reads a signed payload, every field and nothing else. Problem: `statement-malformed`, naming the field. */
export function parseStatement(payload: Uint8Array): Result<ApprovalStatement> {
  const json = parseStrictJson(payload, { maxBytes: MAX_ENVELOPE_BYTES });
  if (!json.ok) return fail('statement-malformed', `The signed statement can't be read. ${json.problem.message}`);
  try {
    return succeed(readStatement(json.value));
  } catch (error) {
    if (error instanceof FieldError)
      return fail('statement-malformed', `The signed statement is malformed: ${error.message}`);
    throw error;
  }
}

function readStatement(value: JsonValue): ApprovalStatement {
  const statement = new FieldReader(value, 'statement', STATEMENT_FIELDS);
  statement.text('_type', (text) => text === STATEMENT_TYPE);
  statement.text('predicateType', (text) => text === PREDICATE_TYPE);
  return {
    _type: STATEMENT_TYPE,
    subject: readSubjects(statement),
    predicateType: PREDICATE_TYPE,
    predicate: readPredicate(statement.object('predicate', PREDICATE_FIELDS)),
  };
}

function readPredicate(predicate: FieldReader): ApprovalPredicate {
  const deployment = predicate.object('deployment', ['strategy', 'rollback_to']);
  const tool = predicate.object('tool', ['name', 'version']);
  return {
    project: predicate.text('project', isName),
    model: predicate.text('model', isName),
    run: predicate.text('run', isFilled),
    environment: predicate.text('environment', isName),
    decision: predicate.text('decision', isDecision) as ApprovalPredicate['decision'],
    role: predicate.text('role', isName),
    approver: predicate.text('approver', isFilled),
    comment: predicate.text('comment'),
    policy: { sha256: predicate.object('policy', ['sha256']).text('sha256', isSha256) },
    assessment: { sha256: predicate.object('assessment', ['sha256']).text('sha256', isSha256) },
    accepted: predicate.list('accepted', readAccepted),
    waivers: predicate.list('waivers', readWaiver),
    attestations: predicate.list('attestations', readAttestation),
    replaces: predicate.textOrNull('replaces', isSha256),
    supersedes: predicate.list('supersedes', readText(isSha256)),
    deployment: {
      strategy: deployment.textOrNull('strategy', isFilled),
      rollback_to: deployment.textOrNull('rollback_to', isSha256),
    },
    trained_by: predicate.list('trained_by', readText(isFilled)),
    issued: predicate.text('issued', isInstant),
    expires: predicate.text('expires', isInstant),
    tool: { name: tool.text('name', isFilled), version: tool.text('version', isFilled) },
  };
}

function readAccepted(item: JsonValue, path: string) {
  const accepted = new FieldReader(item, path, ['check', 'reason']);
  return { check: accepted.text('check', isFilled), reason: accepted.text('reason', isFilled) };
}

function readWaiver(item: JsonValue, path: string) {
  const waiver = new FieldReader(item, path, ['check', 'reason', 'until']);
  return {
    check: waiver.text('check', isFilled),
    reason: waiver.text('reason', isFilled),
    until: waiver.text('until', (text) => endOfDay(text) !== undefined),
  };
}

function readAttestation(item: JsonValue, path: string) {
  const attestation = new FieldReader(item, path, ['check', 'statement', 'evidence']);
  return {
    check: attestation.text('check', isFilled),
    statement: attestation.text('statement', isFilled),
    evidence: attestation.list('evidence', (entry, entryPath) => {
      const file = new FieldReader(entry, entryPath, ['path', 'sha256']);
      return { path: file.text('path', isFilled), sha256: file.text('sha256', isSha256) };
    }),
  };
}

/** A reason of blanks is no reason. */
function isFilled(text: string): boolean {
  return text.trim() !== '';
}

function isDecision(text: string): boolean {
  return (DECISIONS as readonly string[]).includes(text);
}

function isInstant(text: string): boolean {
  return parseInstant(text) !== undefined;
}
