import type { TextProblem } from './text-problem.ts';

const INVISIBLE = /[[\p{Cc}\p{Cs}\p{Bidi_C}\uFEFF]--[\t\n\r]]/gv;
const MOST_REPORTED = 20;

/** Characters that no editor shows, the first twenty: with them a text may not say what it shows. */
export function invisibleCharacters(text: string): TextProblem[] {
  const problems: TextProblem[] = [];
  for (const match of text.matchAll(INVISIBLE)) {
    const code = (match[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    if (match.index === 0 && code === 'FEFF') {
      continue;
    }
    const message = `The invisible character U+${code} stands here, so the text may not say what it shows; remove it.`;
    problems.push({ code: 'invisible-character', message, start: match.index, end: match.index + match[0].length });
    if (problems.length === MOST_REPORTED) {
      return problems;
    }
  }
  return problems;
}
