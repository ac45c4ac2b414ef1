import { readFileSync } from 'node:fs';
import type { Problem } from '../../../src/base/result.ts';
import { parsePolicy } from '../../../src/policy/parse.ts';

/** The policy of the design, as it stands there. */
export const EXAMPLE = readFileSync(new URL('design-example.yaml', import.meta.url), 'utf8');

/** The example with one place changed; the place must exist. */
export function changed(from: string, to: string): string {
  if (!EXAMPLE.includes(from)) {
    throw new Error(`The example has no ${JSON.stringify(from)}`);
  }
  return EXAMPLE.replace(from, () => to);
}

/** Problems as `line:column severity code message`. */
export function problemsOf(text: string): string[] {
  return parsePolicy(text, 'signoff.yaml').problems.map(oneLine);
}

function oneLine({ severity, code, message, range }: Problem): string {
  return `${range?.line}:${range?.column} ${severity} ${code}: ${message}`;
}
