// Just enough of a reader for TypeScript: it tells code from comments and strings, and finds what a file imports.

export interface Import {
  /** The text between the quotes; undefined when it is computed, which no rule could check. */
  readonly specifier: string | undefined;
  readonly line: number;
}

/** The source with comments blanked; strings are kept. Offsets and lines stay the same. */
export function withoutComments(source: string): string {
  return blank(source, { strings: 'keep' });
}

/** The source with comments and the contents of strings blanked. */
export function codeOnly(source: string): string {
  return blank(source, { strings: 'blank' });
}

/** Everything that a file imports: `import type`, `export … from` and `import()` included. */
export function importsOf(source: string): Import[] {
  const text = withoutComments(source);
  // Looked for in the code alone, so that an import inside a string is none.
  const code = codeOnly(source);
  const found: Import[] = [];
  const add = (offset: number, specifier: string | undefined): void => {
    found.push({ specifier, line: lineOf(source, offset) });
  };
  for (const match of code.matchAll(/\b(?:import|export)\b(?!\s*[(.])[^'"`;()=]*?\bfrom\s*(?=['"])/g)) {
    add(match.index, quotedAt(text, match.index + match[0].length));
  }
  for (const match of code.matchAll(/\bimport\s*(?=['"])/g)) {
    add(match.index, quotedAt(text, match.index + match[0].length));
  }
  for (const match of code.matchAll(/(?<![.\w])(?:import|require)\s*\(\s*/g)) {
    add(match.index, quotedAt(text, match.index + match[0].length));
  }
  return found;
}

export function lineOf(source: string, offset: number): number {
  return source.slice(0, offset).split('\n').length;
}

function quotedAt(text: string, offset: number): string | undefined {
  return /^(['"])(.*?)\1/.exec(text.slice(offset, offset + 500))?.[2];
}

function blank(source: string, { strings }: { strings: 'keep' | 'blank' }): string {
  const patterns =
    // comment | string | template | regular expression, which begins where a value may
    /(\/\/[^\n]*|\/\*[\s\S]*?\*\/)|('(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`)|(?<=(?:^|[(,=:[!&|?{};+~]|\breturn|\btypeof|=>)\s*)(\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*)/gm;
  return source.replace(patterns, (whole: string, comment?: string, quoted?: string) => {
    if (comment !== undefined) return spaces(whole);
    if (strings === 'keep') return whole;
    if (quoted !== undefined) return whole.charAt(0) + spaces(whole.slice(1, -1)) + whole.charAt(0);
    return spaces(whole);
  });
}

function spaces(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}
