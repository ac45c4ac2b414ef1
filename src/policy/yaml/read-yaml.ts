import type { ParsedNode } from 'yaml';
import { type ComposedText, composeYaml } from './compose-yaml.ts';
import { invisibleCharacters } from './invisible-characters.ts';
import type { TextProblem } from './text-problem.ts';

export const LARGEST_POLICY_CHARACTERS = 1024 * 1024;

/** `root` is null for an empty document, and undefined where the text is no single YAML document. */
export interface YamlReading {
  readonly root: ParsedNode | null | undefined;
  /** What could be made of the text, broken as it may be: for editors, and for nobody who decides anything. */
  readonly sketch: ParsedNode | null | undefined;
  readonly problems: readonly TextProblem[];
  /** Whether reading went through to the end of the text, and of one document. */
  readonly extent: ComposedText['extent'];
}

/**
 * Reads one YAML 1.2 document, core schema. Whatever could make two readers understand it differently is a problem:
 * directives, tags, anchors, aliases, several documents, invisible characters. Never throws.
 */
export function readYaml(text: string): YamlReading {
  if (text.length > LARGEST_POLICY_CHARACTERS) {
    const message = 'This policy is larger than 1 MiB; policies are read by people, so split it.';
    return unreadable({ code: 'too-large', message, start: 0, end: 0 });
  }
  try {
    const { contents, problems, extent } = composeYaml(text, 0);
    if (contents === undefined) return { root: undefined, sketch: undefined, problems, extent };
    return readingOf(contents, [...invisibleCharacters(text), ...problems], extent);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `This text can't be read as YAML (${reason}); simplify it.`;
    return unreadable({ code: 'yaml-syntax', message, start: 0, end: 0 });
  }
}

/** What is to be thought of a tree with these problems. */
export function readingOf(
  sketch: ParsedNode | null,
  problems: readonly TextProblem[],
  extent: ComposedText['extent'],
): YamlReading {
  const isBroken = extent === 'several documents' || problems.some(({ code }) => code === 'yaml-syntax');
  return { root: isBroken ? undefined : sketch, sketch, problems, extent };
}

function unreadable(problem: TextProblem): YamlReading {
  return { root: undefined, sketch: undefined, problems: [problem], extent: 'cut short' };
}
