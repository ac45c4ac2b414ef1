import type { Repository } from '../../git/repository.ts';
import { verifiesInItsClone } from './ci-values.ts';
import { type Finding, warn } from './finding.ts';
import { pipelineFile } from './pipeline-file.ts';

const FILE = 'Jenkinsfile';
/** The git plugin's extension, by its symbol and by its class; its options may stand on several lines. */
const SHALLOW = /\b[cC]loneOption\b['"]?\s*\(?[^()[\]]*\bshallow\s*:\s*true\b/;

/**
 * A Jenkinsfile that verifies in a clone which it has made shallow itself. Jenkins clones all of the history unless a
 * `cloneOption` says otherwise; one that a job has in its own settings can't be seen here.
 */
export function examineJenkinsfile({ topLevel }: Pick<Repository, 'topLevel'>): Finding[] {
  const text = jenkinsfile(topLevel);
  if (text === undefined || !verifiesInItsClone([text]) || !SHALLOW.test(text)) return [];
  const message =
    'It runs signoff verify and makes its clone shallow (cloneOption shallow: true), so verify may refuse: take shallow and depth away.';
  return [warn(FILE, message)];
}

/** Without the lines that are comments. */
function jenkinsfile(topLevel: string): string | undefined {
  return pipelineFile(topLevel, FILE)?.replaceAll(/^\s*(?:\/\/|\*|\/\*).*$/gm, '');
}
