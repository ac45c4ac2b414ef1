/** Which of the paths below a root are wanted. */
export interface WantedPaths {
  wantsFile(path: string): boolean;
  /** Whether something below this folder may be wanted; the root is the empty path. */
  wantsInside(folder: string): boolean;
}

const MAGIC = /[*?[\]]/;

/**
 * What the paths of a policy name: a file, everything below a folder, or the files that a glob may match. A glob is
 * taken for more than it matches, never for less (its fixed beginning and end are compared, name by name): who reads
 * the files matches exactly.
 */
export function wantedPaths(paths: readonly string[]): WantedPaths {
  const wanted = paths
    .filter((path) => !path.includes('\\') && !path.split('/').includes('..'))
    .map((path) => path.split('/').filter((name) => name !== '' && name !== '.'));
  return {
    wantsFile: (path) => {
      const names = path.split('/');
      return wanted.some((parts) => liesBelow(names, parts) || matches(names, parts));
    },
    wantsInside: (folder) => {
      const names = folder === '' ? [] : folder.split('/');
      return wanted.some((parts) => liesBelow(names, parts) || mayHold(names, parts));
    },
  };
}

function liesBelow(names: readonly string[], parts: readonly string[]): boolean {
  return parts.length <= names.length && parts.every((part, index) => part === names[index]);
}

function matches(names: readonly string[], parts: readonly string[]): boolean {
  const deep = parts.indexOf('**');
  if (deep < 0) return names.length === parts.length && names.every((name, index) => resembles(name, parts[index]));
  const last = parts.at(-1);
  return (
    names.length >= deep &&
    names.slice(0, deep).every((name, index) => resembles(name, parts[index])) &&
    (last === '**' || resembles(names.at(-1) ?? '', last))
  );
}

function mayHold(folder: readonly string[], parts: readonly string[]): boolean {
  const deep = parts.indexOf('**');
  const fixed = deep < 0 ? parts : parts.slice(0, deep);
  if (deep < 0 && folder.length >= parts.length) return false;
  return folder.slice(0, fixed.length).every((name, index) => resembles(name, fixed[index]));
}

function resembles(name: string, part: string | undefined): boolean {
  if (part === undefined) return false;
  const first = part.search(MAGIC);
  if (first < 0) return name === part;
  const end = /[^*?[\]]*$/.exec(part)?.[0] ?? '';
  return name.startsWith(part.slice(0, first)) && name.endsWith(end);
}
