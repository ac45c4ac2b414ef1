import type { ErrorCode, YAMLError } from 'yaml';
import type { TextProblem } from './text-problem.ts';

/** What is wrong while a key is being typed: the lines behind it are understood all the same. */
export const KEY_WITHOUT_COLON = 'A key must stand on one line and be followed by a colon.';

const WORDS: Partial<Record<ErrorCode, string>> = {
  TAB_AS_INDENT: 'Indent with spaces, not with a tab.',
  BAD_INDENT: 'The indentation is wrong here; lines of one block start in the same column.',
  MULTILINE_IMPLICIT_KEY: KEY_WITHOUT_COLON,
  BLOCK_AS_IMPLICIT_KEY: 'Two keys stand on this line; put the second on a line of its own, or quote the text.',
  NON_STRING_KEY: 'A key must be plain text.',
  KEY_OVER_1024_CHARS: 'This key is longer than 1024 characters; shorten it.',
};

/** One sentence for what the YAML library found. */
export function syntaxProblem(error: YAMLError): TextProblem {
  const [start, end] = error.pos;
  const detail = error.message.replace(/\s+/gu, ' ').slice(0, 200);
  const isKey = error.message.startsWith('Implicit map keys need to be followed by map values');
  const words = isKey ? KEY_WITHOUT_COLON : WORDS[error.code];
  const message = words ?? `This is not valid YAML: ${detail}${/[.?!]$/u.test(detail) ? '' : '.'}`;
  return { code: syntaxCode(error.code), message, start, end: Math.max(start, end) };
}

function syntaxCode(code: ErrorCode): string {
  // A tag that the library can't resolve, and an alias to nothing, have been reported as forbidden already.
  return code === 'TAG_RESOLVE_FAILED' || code === 'BAD_ALIAS' ? 'yaml-unresolved' : 'yaml-syntax';
}
