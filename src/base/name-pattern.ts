const MAGIC = /[*?[]/;

/** Whether a path has a character that makes it a pattern. */
export function isGlob(path: string): boolean {
  return MAGIC.test(path);
}

/**
 * Whether a file's name matches: `*` and `?` stand for anything but a leading dot, `[a-c]` and `[!a-c]` for one character.
 * Matches greedily and goes back at most to the last `*`, so that no pattern takes more than quadratic time.
 * A `[` that is never closed stands for itself.
 */
export function nameMatcher(pattern: string): (name: string) => boolean {
  const tokens = tokensOf(pattern);
  return (name) => {
    if (name.startsWith('.') && !pattern.startsWith('.')) return false;
    const characters = [...name];
    let token = 0;
    let at = 0;
    let star = -1;
    let starAt = 0;
    while (at < characters.length) {
      const test = tokens[token];
      if (test === '*') {
        star = token;
        starAt = at;
        token += 1;
      } else if (test?.(characters[at] as string)) {
        token += 1;
        at += 1;
      } else if (star >= 0) {
        token = star + 1;
        starAt += 1;
        at = starAt;
      } else {
        return false;
      }
    }
    return tokens.slice(token).every((rest) => rest === '*');
  };
}

type Token = '*' | ((character: string) => boolean);

function tokensOf(pattern: string): Token[] {
  const tokens: Token[] = [];
  const characters = [...pattern];
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] as string;
    if (character === '*') tokens.push('*');
    else if (character === '?') tokens.push(() => true);
    else if (character === '[' && characters.indexOf(']', at + 2) > 0) {
      const end = characters.indexOf(']', at + 2);
      tokens.push(characterSet(characters.slice(at + 1, end)));
      at = end;
    } else tokens.push((other) => other === character);
  }
  return tokens;
}

function characterSet(inside: readonly string[]): (character: string) => boolean {
  const negated = inside[0] === '!' || inside[0] === '^';
  const members = negated ? inside.slice(1) : inside;
  return (character) => {
    let found = false;
    for (let at = 0; at < members.length; at += 1) {
      const isRange = members[at + 1] === '-' && at + 2 < members.length;
      const from = members[at] as string;
      const to = isRange ? (members[at + 2] as string) : from;
      if (character >= from && character <= to) found = true;
      if (isRange) at += 2;
    }
    return found !== negated;
  };
}
