import type { AttestationRequest } from '../approval/attestation-evidence.ts';
import type { AcceptedOutcome, Waiver } from '../approval/statement.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { isBlank } from '../policy/schema/words.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Reads `--accept <check>=<reason>`. */
export function acceptedOf(texts: readonly string[]): Result<AcceptedOutcome[]> {
  return eachOf(texts, (text) => {
    const [check, reason] = splitOnce(text, '=');
    if (check === '' || reason === undefined || isBlank(reason)) {
      return fail('option-invalid', `--accept takes <check>=<reason>, not “${text}”.`);
    }
    return succeed({ check, reason });
  });
}

/** Reads `--waive <check>=<reason>@<date>`. The date is behind the last `@`, since a reason may name an address. */
export function waiversOf(texts: readonly string[]): Result<Waiver[]> {
  return eachOf(texts, (text) => {
    const [check, rest = ''] = splitOnce(text, '=');
    const at = rest.lastIndexOf('@');
    const reason = rest.slice(0, Math.max(at, 0));
    const until = rest.slice(at + 1);
    if (check === '' || at < 0 || isBlank(reason) || !DAY.test(until)) {
      return fail('option-invalid', `--waive takes <check>=<reason>@<YYYY-MM-DD>, not “${text}”.`);
    }
    return succeed({ check, reason, until });
  });
}

/** Reads `--attest <check>[=<evidence>]`; the same check given twice has two files of evidence. */
export function attestationsOf(texts: readonly string[]): Result<AttestationRequest[]> {
  const evidence = new Map<string, string[]>();
  for (const text of texts) {
    const [check, file] = splitOnce(text, '=');
    if (check === '' || file === '') {
      return fail('option-invalid', `--attest takes <check> or <check>=<file>, not “${text}”.`);
    }
    evidence.set(check, [...(evidence.get(check) ?? []), ...(file === undefined ? [] : [file])]);
  }
  return succeed([...evidence].map(([check, files]) => ({ check, evidence: files })));
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function eachOf<Value>(texts: readonly string[], read: (text: string) => Result<Value>): Result<Value[]> {
  const values: Value[] = [];
  for (const text of texts) {
    const value = read(text);
    if (!value.ok) return value;
    values.push(value.value);
  }
  return succeed(values);
}
