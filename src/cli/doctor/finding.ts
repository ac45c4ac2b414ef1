/** One line of `signoff doctor`. A `warn` works today and bites some day; a `fail` keeps somebody from signing or verifying. */
export interface Finding {
  readonly state: 'ok' | 'warn' | 'fail';
  /** What was looked at, in a word or two. */
  readonly about: string;
  /** What was found, and, unless it is ok, what to do. */
  readonly message: string;
}

export function ok(about: string, message: string): Finding {
  return { state: 'ok', about, message };
}

export function warn(about: string, message: string): Finding {
  return { state: 'warn', about, message };
}

export function failed(about: string, message: string): Finding {
  return { state: 'fail', about, message };
}
