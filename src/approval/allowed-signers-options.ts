import { formatInstant } from './formats.ts';

/** What is wrong with a line, and the part of it that is. */
export interface Mistake {
  readonly code: string;
  /** Says what to do; goes on after "Line 3 of …: ". */
  readonly message: string;
  readonly at?: string;
}

/** What a line allows its key. Times are milliseconds since 1970, both ends included. */
export interface SignerOptions {
  readonly namespaces: readonly string[] | undefined;
  readonly validAfter: number | undefined;
  readonly validBefore: number | undefined;
}

const DATE = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?(Z?)$/;
/** One option: a word, or a word with a quoted value. */
const OPTION = /^([A-Za-z-]+)(?:="([^"]*)")?(?:,|$)/;
const KNOWN = ['namespaces', 'valid-after', 'valid-before'];

/** Reads the options between the name and the key; empty text has none. */
export function readSignerOptions(text: string): SignerOptions | { readonly mistake: Mistake } {
  const values = new Map<string, string>();
  let rest = text;
  while (rest !== '') {
    const match = OPTION.exec(rest);
    if (match === null) {
      const message = `the options "${rest}" can't be read: write them as name="value", with commas and no blanks between.`;
      return { mistake: { code: 'signers-option-malformed', message, at: rest } };
    }
    const name = (match[1] ?? '').toLowerCase();
    const mistake = whyNotAllowed(name, values);
    if (mistake !== undefined) return { mistake: { ...mistake, at: match[1] ?? '' } };
    values.set(name, match[2] ?? '');
    rest = rest.slice(match[0].length);
  }
  const after = readDate(values.get('valid-after'));
  if (typeof after === 'object') return { mistake: after };
  const before = readDate(values.get('valid-before'));
  if (typeof before === 'object') return { mistake: before };
  const namespaces = values.get('namespaces')?.split(',');
  const pattern = namespaces?.find((name) => /[*?!]/.test(name) || name === '');
  if (pattern === undefined) return { namespaces, validAfter: after, validBefore: before };
  const message = 'name each namespace in full, without patterns.';
  return { mistake: { code: 'signers-namespace-pattern', message, at: values.get('namespaces') ?? '' } };
}

function whyNotAllowed(name: string, before: ReadonlyMap<string, string>): Mistake | undefined {
  if (before.has(name))
    return { code: 'signers-option-repeated', message: `the option "${name}" stands twice: keep one.` };
  if (KNOWN.includes(name)) return undefined;
  if (name === 'cert-authority') {
    const message = "certificate authorities are not supported: list each person's own key.";
    return { code: 'signers-certificate', message };
  }
  const message = `the option "${name}" is not known: remove it, or write one of ${KNOWN.join(', ')}.`;
  return { code: 'signers-option-unknown', message };
}

function readDate(text: string | undefined): number | undefined | Mistake {
  if (text === undefined) return undefined;
  const match = DATE.exec(text);
  const [, year, month, day, hour = '00', minute = '00', second = '00', zone] = match ?? [];
  const written = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
  const time = match === null ? Number.NaN : Date.parse(written);
  // A day that does not exist would quietly become another one.
  if (!Number.isFinite(time) || formatInstant(time) !== written) {
    const message = `"${text}" is not a time: write YYYYMMDDZ or YYYYMMDDHHMM[SS]Z.`;
    return { code: 'signers-date-malformed', message, at: text };
  }
  if (zone === 'Z') return time;
  const message = `"${text}" means another time in every place: add a Z, for UTC.`;
  return { code: 'signers-local-time', message, at: text };
}
