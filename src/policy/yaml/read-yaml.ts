import { Composer, CST, Lexer, type ParsedNode, Parser } from 'yaml';
import { forbiddenToken } from './forbidden-tokens.ts';
import { syntaxProblem } from './syntax-problems.ts';
import type { TextProblem } from './text-problem.ts';

export const LARGEST_POLICY_CHARACTERS = 1024 * 1024;
export const DEEPEST_NESTING = 64;

/** A text with more mistakes than this is no policy; reading on would only take time. */
const MOST_SYNTAX_PROBLEMS = 300;

/** `root` is null for an empty document, and undefined where the text is no single YAML document. */
export interface YamlReading {
  readonly root: ParsedNode | null | undefined;
  /** What could be made of the text, broken as it may be: for editors, and for nobody who decides anything. */
  readonly sketch: ParsedNode | null | undefined;
  readonly problems: readonly TextProblem[];
}

/**
 * Reads one YAML 1.2 document, core schema. Whatever could make two readers understand it differently is a problem:
 * directives, tags, anchors, aliases, several documents, invisible characters. Never throws.
 */
export function readYaml(text: string): YamlReading {
  if (text.length > LARGEST_POLICY_CHARACTERS) {
    const message = 'This policy is larger than 1 MiB; policies are read by people, so split it.';
    return { root: undefined, sketch: undefined, problems: [{ code: 'too-large', message, start: 0, end: 0 }] };
  }
  try {
    return compose(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `This text can't be read as YAML (${reason}); simplify it.`;
    return { root: undefined, sketch: undefined, problems: [{ code: 'yaml-syntax', message, start: 0, end: 0 }] };
  }
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

function compose(text: string): YamlReading {
  const problems: TextProblem[] = invisibleCharacters(text);
  const tokens = new TokenReader(text, problems);
  const composer = new Composer(OPTIONS);
  let root: ParsedNode | null | undefined;
  let documents = 0;
  for (const document of composer.compose(tokens.read(), true, text.length)) {
    documents += 1;
    const known = new Set(problems.map(({ start }) => start));
    const found = [...document.errors, ...document.warnings].map(syntaxProblem);
    problems.push(...found.filter(({ code, start }) => code !== 'yaml-unresolved' || !known.has(start)));
    if (documents === 1) {
      root = document.contents;
      continue;
    }
    const message = 'A policy is one YAML document; put this one into a file of its own.';
    const start = document.contents?.range[0] ?? document.range[0];
    problems.push({ code: 'several-documents', message, start, end: start + 3 });
    return { root: undefined, sketch: root, problems };
  }
  if (tokens.tooDeep) {
    const problem = problems.filter(({ code }) => code === 'too-deep');
    return { root: undefined, sketch: undefined, problems: problem };
  }
  const broken = problems.some((problem) => problem.code === 'yaml-syntax');
  return { root: broken ? undefined : root, sketch: root, problems };
}

/** Feeds the library's parser, and looks at what passes by: the parser itself is not recursive, the composer is. */
class TokenReader {
  tooDeep = false;
  readonly #text: string;
  readonly #problems: TextProblem[];

  constructor(text: string, problems: TextProblem[]) {
    this.#text = text;
    this.#problems = problems;
  }

  *read(): Generator<CST.Token, void> {
    const parser = new Parser();
    let scalarFollows = false;
    let mistakes = 0;
    for (const lexeme of new Lexer().lex(this.#text)) {
      const forbidden = scalarFollows || !mayBeForbidden(lexeme) ? undefined : forbiddenToken(lexeme, parser.offset);
      if (forbidden !== undefined && this.#problems.push(forbidden) > MOST_SYNTAX_PROBLEMS) {
        return;
      }
      scalarFollows = lexeme === CST.SCALAR;
      for (const token of parser.next(lexeme)) {
        yield token;
        mistakes += token.type === 'error' ? 1 : 0;
      }
      if (mistakes > MOST_SYNTAX_PROBLEMS) {
        return;
      }
      if (parser.stack.length > DEEPEST_NESTING) {
        const message = `Nesting is more than ${DEEPEST_NESTING} deep here; a policy needs no more than ten.`;
        this.#problems.push({ code: 'too-deep', message, start: parser.offset, end: parser.offset + 1 });
        this.tooDeep = true;
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

const INVISIBLE = /[[\p{Cc}\p{Cs}\p{Bidi_C}\uFEFF]--[\t\n\r]]/gv;

function invisibleCharacters(text: string): TextProblem[] {
  const problems: TextProblem[] = [];
  for (const match of text.matchAll(INVISIBLE)) {
    const code = (match[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    if (match.index === 0 && code === 'FEFF') {
      continue;
    }
    const message = `The invisible character U+${code} stands here, so the text may not say what it shows; remove it.`;
    problems.push({ code: 'invisible-character', message, start: match.index, end: match.index + match[0].length });
    if (problems.length === 20) {
      return problems;
    }
  }
  return problems;
}
