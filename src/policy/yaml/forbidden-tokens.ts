import { CST } from 'yaml';
import type { TextProblem } from './text-problem.ts';

/** The parts of YAML that let a value come from elsewhere, or mean something else to another reader. */
export function forbiddenToken(lexeme: string, start: number): TextProblem | undefined {
  const end = start + lexeme.length;
  const shown = lexeme.length <= 40 ? lexeme : `${lexeme.slice(0, 39)}…`;
  switch (CST.tokenType(lexeme)) {
    case 'anchor':
      return { code: 'yaml-anchor', message: `Anchors such as "${shown}" are not allowed; remove it.`, start, end };
    case 'alias':
      return {
        code: 'yaml-alias',
        message: `Aliases such as "${shown}" are not allowed; write the value out.`,
        start,
        end,
      };
    case 'tag':
      return { code: 'yaml-tag', message: `Tags such as "${shown}" are not allowed; remove it.`, start, end };
    case 'directive-line':
      return {
        code: 'yaml-directive',
        message: 'Directives are not allowed; policies are YAML 1.2. Remove this line.',
        start,
        end: start + lexeme.trimEnd().length,
      };
    default:
      return undefined;
  }
}
