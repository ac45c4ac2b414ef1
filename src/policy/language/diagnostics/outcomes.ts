import { countOf } from '../../../base/text.ts';
import { boundsOf, explanationPart, judge } from '../bounds.ts';
import type { OutcomeFacts, PartFacts } from '../facts.ts';
import type { Known } from '../known.ts';
import type { PolicyDocument, TextRange } from '../policy-document.ts';
import { checkAt } from '../sketch.ts';
import { type Standing, standingOf } from '../standing.ts';
import { childrenAt, type Entry, entriesOf, extentOf, rangeOf } from '../tree.ts';
import { intervalText, valueText } from '../value-words.ts';
import type { Diagnostic, Related } from './diagnostic.ts';

const CODES = { fail: 'check-fails', uncertain: 'check-uncertain', not_evaluable: 'check-not-evaluable' } as const;

/**
 * Checks that do not hold, at the bound that is not met: they say something about the model, not about the policy, so
 * none is an error. `others` are remarks that already explain a check that can't be evaluated.
 */
export function outcomeDiagnostics(
  document: PolicyDocument,
  known: Known,
  others: readonly Diagnostic[],
): readonly Diagnostic[] {
  if (known.assessed === undefined) return [];
  return [...childrenAt(document, ['checks'])].flatMap(([id, entry]) => {
    const standing = standingOf(document, known, id);
    if (standing === undefined || standing.by === 'bound unknown') return [];
    const { status } = standing.outcome;
    if (status !== 'fail' && status !== 'uncertain' && status !== 'not_evaluable') return [];
    if (status === 'not_evaluable') {
      const extent = extentOf(document, entry);
      if (others.some((other) => overlap(other.range, extent))) return [];
    }
    return [diagnosticOf(document, entry, standing, status)];
  });
}

/** Where a check that does not hold is underlined, with the engine's sentence; undefined of one that is not. */
export function underlinedPlace(document: PolicyDocument, id: string, { outcome }: Standing): TextRange | undefined {
  const entry = childrenAt(document, ['checks']).get(id);
  return entry === undefined || !(outcome.status in CODES) ? undefined : placeOf(document, entry, outcome);
}

function diagnosticOf(
  document: PolicyDocument,
  entry: Entry,
  standing: Standing,
  status: keyof typeof CODES,
): Diagnostic {
  const { outcome } = standing;
  return {
    code: CODES[status],
    severity: outcome.severity === 'advisory' || status === 'uncertain' ? 'information' : 'warning',
    message: messageOf(standing),
    origin: 'outcome',
    range: placeOf(document, entry, outcome),
    related: outcome.evidence.map((file): Related => ({ message: 'It was computed from this file.', at: { file } })),
  };
}

/** The engine's own sentence where it still applies; else one about the number and the bound as it is written now. */
function messageOf({ outcome, by }: Standing): string {
  if (by === 'assessed') return outcome.message;
  const { value, interval, rows, status } = outcome;
  if (value === null) return outcome.message;
  const found = [
    `The value is ${valueText(value)}`,
    interval === null ? '' : `, its interval ${intervalText(interval)}`,
    rows === null ? '' : `, from ${countOf(rows, 'row')}`,
  ].join('');
  return status === 'fail'
    ? `${found}: outside the bound as it is written here.`
    : `${found}: within the bound as it is written here, but not wholly.`;
}

/** The value of the first bound that is not met; else the name of the check. */
function placeOf(document: PolicyDocument, entry: Entry, outcome: OutcomeFacts): TextRange {
  const id = String(entry.path.at(-1));
  const unmet = [...boundsOf(checkAt(document.plain, id))].find((bound) => !isMet(bound, outcome));
  const children = entriesOf(entry.value, entry.path);
  const bound = children.find((child) => child.path.at(-1) === unmet?.[0]);
  const requirement = requirementOf(children, outcome);
  const node = bound?.value ?? requirement ?? entry.key ?? entry.value;
  return node == null ? { offset: 0, length: 0 } : rangeOf(document, node);
}

function isMet(bound: readonly [string, number], outcome: OutcomeFacts): boolean {
  const part = outcome.parts?.find(({ name }) => name === explanationPart(bound[0]));
  const { value, interval, status }: Omit<PartFacts, 'name'> = part ?? outcome;
  if (status === 'not_evaluable') return false;
  if (value === null) return status === 'pass';
  return judge(value, interval, [bound]) === 'pass';
}

/** Of a reproducibility check, the item of `require` that does not hold. */
function requirementOf(children: readonly Entry[], { parts = [] }: OutcomeFacts): Entry['value'] | undefined {
  const require = children.find((child) => child.path.at(-1) === 'require');
  const failing = parts.find(({ status }) => status !== 'pass')?.name;
  return entriesOf(require?.value, require?.path ?? []).find(
    ({ value }) => value !== null && 'value' in value && value.value === failing,
  )?.value;
}

function overlap(one: TextRange, other: TextRange): boolean {
  return one.offset >= other.offset && one.offset <= other.offset + other.length;
}
