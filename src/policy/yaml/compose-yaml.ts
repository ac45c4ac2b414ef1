import { Composer, CST, Lexer, type ParsedNode, Parser } from 'yaml';
import { forbiddenToken } from './forbidden-tokens.ts';
import { syntaxProblem } from './syntax-problems.ts';
import type { TextProblem } from './text-problem.ts';

export const DEEPEST_NESTING = 64;

/** A text with more mistakes than this is no policy; reading on would only take time. */
const MOST_SYNTAX_PROBLEMS = 300;

export interface ComposedText {
  /** Null for an empty document, undefined where nesting is too deep to go on. */
  readonly contents: ParsedNode | null | undefined;
  readonly problems: readonly TextProblem[];
  /** `whole` where this is all that can be said of the text; else reading stopped somewhere, and why is a problem. */
  readonly extent: 'whole' | 'several documents' | 'cut short';
}

// Unique keys are checked while the tree is walked: the library compares every key with every other.
const OPTIONS = {
  version: '1.2',
  schema: 'core',
  merge: false,
  resolveKnownTags: false,
  uniqueKeys: false,
  stringKeys: false,
  keepSourceTokens: false,
  prettyErrors: false,
  logLevel: 'silent',
} as const;

/** Makes a tree of a text that starts at an offset of a larger one: every place in it is one of the larger. */
export function composeYaml(text: string, offset: number): ComposedText {
  // The library makes an error of each mistake; where in the program that was is of no interest, and costs the most.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return compose(text, offset);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function compose(text: string, offset: number): ComposedText {
  const problems: TextProblem[] = [];
  const tokens = new TokenReader(text, offset, problems);
  const composer = new Composer(OPTIONS);
  let contents: ParsedNode | null | undefined;
  let documents = 0;
  for (const document of composer.compose(tokens.read(), true, offset + text.length)) {
    documents += 1;
    const known = new Set(problems.map(({ start }) => start));
    const found = [...document.errors, ...document.warnings].slice(0, MOST_SYNTAX_PROBLEMS).map(syntaxProblem);
    problems.push(...found.filter(({ code, start }) => code !== 'yaml-unresolved' || !known.has(start)));
    if (documents === 1) {
      contents = document.contents;
      continue;
    }
    const message = 'A policy is one YAML document; put this one into a file of its own.';
    const start = document.contents?.range[0] ?? document.range[0];
    problems.push({ code: 'several-documents', message, start, end: start + 3 });
    return { contents, problems, extent: 'several documents' };
  }
  if (tokens.stopped === 'too deep') {
    return { contents: undefined, problems: problems.filter(({ code }) => code === 'too-deep'), extent: 'cut short' };
  }
  const isWhole = tokens.stopped === undefined && problems.length < MOST_SYNTAX_PROBLEMS;
  return { contents, problems, extent: isWhole ? 'whole' : 'cut short' };
}

/** Feeds the library's parser, and looks at what passes by: the parser itself is not recursive, the composer is. */
class TokenReader {
  stopped: 'too deep' | 'too many mistakes' | undefined;
  readonly #text: string;
  readonly #offset: number;
  readonly #problems: TextProblem[];

  constructor(text: string, offset: number, problems: TextProblem[]) {
    this.#text = text;
    this.#offset = offset;
    this.#problems = problems;
  }

  *read(): Generator<CST.Token, void> {
    const parser = new Parser();
    parser.offset = this.#offset;
    let scalarFollows = false;
    let mistakes = 0;
    for (const lexeme of new Lexer().lex(this.#text)) {
      const forbidden = scalarFollows || !mayBeForbidden(lexeme) ? undefined : forbiddenToken(lexeme, parser.offset);
      if (forbidden !== undefined && this.#problems.push(forbidden) > MOST_SYNTAX_PROBLEMS) {
        this.stopped = 'too many mistakes';
        return;
      }
      scalarFollows = lexeme === CST.SCALAR;
      for (const token of parser.next(lexeme)) {
        yield token;
        mistakes += token.type === 'error' ? 1 : 0;
      }
      if (mistakes > MOST_SYNTAX_PROBLEMS) {
        this.stopped = 'too many mistakes';
        return;
      }
      if (parser.stack.length > DEEPEST_NESTING) {
        const message = `Nesting is more than ${DEEPEST_NESTING} deep here; a policy needs no more than ten.`;
        this.#problems.push({ code: 'too-deep', message, start: parser.offset, end: parser.offset + 1 });
        this.stopped = 'too deep';
        return;
      }
    }
    yield* parser.end();
  }
}

/** Nearly every token is not, which is quickly seen. */
function mayBeForbidden(lexeme: string): boolean {
  return '&*!%'.includes(lexeme.charAt(0));
}
