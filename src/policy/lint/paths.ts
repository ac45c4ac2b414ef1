import type { PolicyPath } from '../policy-path.ts';
import type { Lint } from './context.ts';

const RUN_PREFIX = 'run:';

/** A path of evidence stays below the policy's folder or the run's artifacts, on every machine. */
export function lintEvidencePath(lint: Lint, path: PolicyPath, written: string): void {
  const rest = written.startsWith(RUN_PREFIX) ? written.slice(RUN_PREFIX.length) : written;
  if (rest === '') {
    lint.errorAtValue('bad-path', path, `"${written}" names no file; write run: and a path among the run’s artifacts.`);
    return;
  }
  if (/^[a-z][a-z0-9+.-]+:\/\//iu.test(rest)) {
    lint.errorAtValue(
      'bad-path',
      path,
      `"${written}" is an address; evidence is a file among the run’s artifacts or near the policy.`,
    );
    return;
  }
  if (isAbsolute(rest)) {
    const advice = written === rest ? 'write it relative to the policy’s folder' : 'write it without the leading slash';
    lint.errorAtValue('absolute-path', path, `"${written}" is an absolute path; ${advice}.`);
    return;
  }
  if (rest.split(/[/\\]/u).includes('..')) {
    lint.errorAtValue('parent-path', path, `"${written}" leaves its folder; paths with ".." are not allowed.`);
    return;
  }
  if (rest.includes('\\')) {
    lint.errorAtValue('bad-path', path, `"${written}" has a backslash; separate folders with "/".`);
  }
}

export function isAbsolute(path: string): boolean {
  return /^(?:[/\\]|[A-Za-z]:[/\\]|~(?:[/\\]|$))/u.test(path);
}
