/** What an environment file leaves open; an empty list means that everything in it is pinned. */
export interface PinnedFile {
  /** How many packages it names. */
  readonly packages: number;
  /** What is not pinned, as it stands there. */
  readonly open: readonly string[];
  /** Other requirement files that it takes in, by their path as it stands there. */
  readonly includes: readonly string[];
}

const NAME = '[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?';
const EXACT = new RegExp(`^${NAME}\\s*(?:\\[[^\\]]*\\])?\\s*={2,3}\\s*[A-Za-z0-9][A-Za-z0-9.!+_-]*$`);
const HASHED_URL = /#(?:.*&)?sha256=[0-9a-f]{64}(?:$|&)/;
const AT_COMMIT = /@[0-9a-f]{40}(?:[0-9a-f]{24})?(?:#|$)/;
/** They install the others and are not part of what the model computes with; MLflow leaves them open. */
const INSTALLERS = /^(?:pip|setuptools|wheel)(?![A-Za-z0-9._-])/i;

/**
 * Reads a pip requirements file (https://pip.pypa.io/en/stable/reference/requirements-file-format/). Pinned is
 * `name==1.2.3` without a wildcard, a URL with its `#sha256=`, and a repository at a full commit id; pip, setuptools
 * and wheel may stay open. What can't be understood counts as open.
 */
export function readRequirements(text: string): PinnedFile {
  const open: string[] = [];
  const includes: string[] = [];
  let packages = 0;
  for (const line of requirementLines(text)) {
    const include = /^(?:-r|--requirement)[\s=]*(.+)$/.exec(line)?.[1];
    if (include !== undefined) {
      includes.push(include.trim());
      continue;
    }
    if (/^--?(?!e\b|editable)[a-z]/.test(line)) continue;
    packages += 1;
    if (!isPinned(line)) open.push(line);
  }
  return { packages, open, includes };
}

/** Whether one requirement names exactly one version. */
export function isPinned(requirement: string): boolean {
  if (/^(?:-e|--editable)\b/.test(requirement)) return AT_COMMIT.test(requirement);
  const [bare = ''] = requirement.split(/\s+--hash[=\s]/);
  const plain = bare.includes('://') ? bare : (bare.split(';')[0] ?? '');
  const text = plain.trim();
  if (INSTALLERS.test(text)) return true;
  if (text.includes('://')) {
    const url = text.split(/\s+;/)[0] ?? '';
    return HASHED_URL.test(url) || AT_COMMIT.test(url);
  }
  return EXACT.test(text);
}

/** Whether a conda dependency names one version: `python=3.11.7`, `numpy==2.0.1`, `numpy=2.0.1=py311_0`. */
export function isPinnedConda(dependency: string): boolean {
  const text = dependency.trim().replace(/^[\w./-]+::/, '');
  if (INSTALLERS.test(text)) return true;
  return /^[A-Za-z0-9_.-]+\s*(?:==|=|\s)\s*\d+(?:\.[A-Za-z0-9]+){2,}(?:[.+_A-Za-z0-9-]*)?(?:=[A-Za-z0-9_.]+)?$/.test(
    text,
  );
}

/** The lines that say something: joined where they go on, without comments. */
export function requirementLines(text: string): string[] {
  return text
    .replace(/^\ufeff/, '')
    .replaceAll(/\\\r?\n/g, ' ')
    .split(/\r?\n/)
    .map((line) => line.replace(/(?:^|\s)#.*$/, '').trim())
    .filter((line) => line !== '');
}
