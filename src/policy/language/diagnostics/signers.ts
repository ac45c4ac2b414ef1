import { isScalar } from 'yaml';
import { shorten } from '../../wording.ts';
import type { Known } from '../known.ts';
import type { PolicyDocument } from '../policy-document.ts';
import { mapAt, namesIn, textsIn } from '../sketch.ts';
import { entriesOf, entryAt, rangeOf } from '../tree.ts';
import type { Diagnostic, Related } from './diagnostic.ts';

/** People of the policy who can't sign, and quorums that can't be reached because of that. */
export function signerDiagnostics(document: PolicyDocument, known: Known): readonly Diagnostic[] {
  const { signers, signersFile } = known.facts;
  if (signers === undefined) return [];
  const maySign = new Set(signers.filter(({ standing }) => standing === 'may sign').map(({ person }) => person));
  const lines = new Map(signers.map(({ person, line }) => [person, line]));
  const found: Diagnostic[] = [];
  for (const role of namesIn(document.plain, ['signoff', 'roles'])) {
    const path = ['signoff', 'roles', role];
    for (const entry of entriesOf(entryAt(document, path)?.value, path)) {
      const person = isScalar(entry.value) ? entry.value.value : undefined;
      if (typeof person !== 'string' || entry.value === null || maySign.has(person)) continue;
      found.push({
        ...whyNot(person, lines.get(person), signersFile),
        ...{ severity: 'warning', origin: 'facts', range: rangeOf(document, entry.value) },
      });
    }
  }
  return [...found, ...unreachableQuorums(document, maySign)];
}

function whyNot(
  person: string,
  line: number | undefined,
  file: string | undefined,
): Pick<Diagnostic, 'code' | 'message' | 'related'> {
  const related: Related[] =
    file === undefined
      ? []
      : [{ message: 'The keys of people are listed here.', at: { file, ...(line === undefined ? {} : { line }) } }];
  const name = `"${shorten(person)}"`;
  return line === undefined
    ? {
        code: 'person-without-key',
        message: `${name} has no key in .signoff/allowed_signers, so can’t sign; add one there.`,
        related,
      }
    : {
        code: 'person-without-key',
        message: `The key of ${name} in .signoff/allowed_signers may not sign approvals now; renew it there.`,
        related,
      };
}

function unreachableQuorums(document: PolicyDocument, maySign: ReadonlySet<string>): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const roles = mapAt(document.plain, ['signoff', 'roles']) ?? {};
  for (const environment of namesIn(document.plain, ['signoff', 'environments'])) {
    const path = ['signoff', 'environments', environment, 'require'];
    for (const entry of entriesOf(entryAt(document, path)?.value, path)) {
      const role = String(entry.path.at(-1));
      const need = isScalar(entry.value) ? entry.value.value : undefined;
      const people = new Set(textsIn(roles[role]));
      const able = [...people].filter((person) => maySign.has(person)).length;
      // Too few people at all is an error of its own.
      if (typeof need !== 'number' || entry.value === null || need > people.size || able >= need) continue;
      const has =
        able === 0 ? 'nobody in it has a key' : `only ${able} of its people ${able === 1 ? 'has' : 'have'} a key`;
      found.push({
        code: 'too-few-keys',
        message: `${need} of "${shorten(role)}" must approve, but ${has} in .signoff/allowed_signers.`,
        ...{ severity: 'warning', origin: 'facts', range: rangeOf(document, entry.value) },
      });
    }
  }
  return found;
}
