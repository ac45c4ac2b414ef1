import { fail, type Result, succeed } from '../base/result.ts';
import { FieldError, FieldReader, readText } from './field-reader.ts';
import { isFingerprint, isName, isSha256, parseInstant } from './formats.ts';
import { quote } from './quote.ts';
import {
  MAX_RELEASE_BYTES,
  MAX_RELEASE_NUMBER,
  MAX_ROOTS,
  RELEASE_PREDICATE_TYPE,
  type ReleasePredicate,
  type ReleaseStatement,
} from './release.ts';
import { STATEMENT_TYPE } from './statement.ts';
import { type JsonValue, parseStrictJson } from './strict-json.ts';
import { readSubjects } from './subject-reader.ts';

const STATEMENT_FIELDS = ['_type', 'subject', 'predicateType', 'predicate'];
const PREDICATE_FIELDS = ['project', 'number', 'roots', 'threshold', 'revoked', 'issued', 'expires'];

/** Reads a signed payload that has to be a release, every field and nothing else. Problem: `release-malformed`. */
export function parseRelease(payload: Uint8Array): Result<ReleaseStatement> {
  const json = parseStrictJson(payload, { maxBytes: MAX_RELEASE_BYTES });
  if (!json.ok) return fail('release-malformed', `The signed release can't be read. ${json.problem.message}`);
  try {
    return succeed(readRelease(json.value));
  } catch (error) {
    if (error instanceof FieldError)
      return fail('release-malformed', `The signed release is malformed: ${error.message}`);
    throw error;
  }
}

function readRelease(value: JsonValue): ReleaseStatement {
  const statement = new FieldReader(value, 'release', STATEMENT_FIELDS);
  statement.text('_type', (text) => text === STATEMENT_TYPE);
  statement.text('predicateType', (text) => text === RELEASE_PREDICATE_TYPE);
  return {
    _type: STATEMENT_TYPE,
    subject: readSubjects(statement),
    predicateType: RELEASE_PREDICATE_TYPE,
    predicate: readPredicate(statement.object('predicate', PREDICATE_FIELDS)),
  };
}

function readPredicate(predicate: FieldReader): ReleasePredicate {
  const roots = predicate.list('roots', readText(isFingerprint));
  const revoked = predicate.list(
    'revoked',
    readText((text) => isFingerprint(text) || isSha256(text)),
  );
  refuseRepeated(roots, 'roots');
  refuseRepeated(revoked, 'revoked');
  if (roots.length === 0 || roots.length > MAX_ROOTS)
    throw new FieldError(`predicate.roots has ${roots.length} keys, not 1 to ${MAX_ROOTS}.`);
  const both = roots.find((root) => revoked.includes(root));
  if (both !== undefined) throw new FieldError(`predicate.revoked names ${both}, which is a root as well.`);
  const issued = predicate.text('issued', isInstant);
  const expires = predicate.text('expires', isInstant);
  if (!(instant(expires) > instant(issued))) throw new FieldError('predicate.expires is not after predicate.issued.');
  return {
    project: predicate.text('project', isName),
    number: predicate.integer('number', { min: 1, max: MAX_RELEASE_NUMBER }),
    roots,
    // Nobody at all, or more than there are: neither can ever be a decision of the roots.
    threshold: predicate.integer('threshold', { min: 1, max: roots.length }),
    revoked,
    issued,
    expires,
  };
}

/** A key that stands twice would make the threshold look as if two had to sign. */
function refuseRepeated(items: readonly string[], name: string): void {
  const repeated = items.find((item, index) => items.indexOf(item) !== index);
  if (repeated !== undefined) throw new FieldError(`predicate.${name} names ${quote(repeated)} twice.`);
}

function isInstant(text: string): boolean {
  return parseInstant(text) !== undefined;
}

function instant(text: string): number {
  return parseInstant(text) ?? Number.NaN;
}
