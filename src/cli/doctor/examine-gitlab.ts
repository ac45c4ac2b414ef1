import type { JsonValue } from '../../base/lenient-json.ts';
import { listInWords } from '../../base/text.ts';
import type { Repository } from '../../git/repository.ts';
import { memberOf, verifiesInItsClone } from './ci-values.ts';
import { type Finding, warn } from './finding.ts';
import { type GitlabJob, type GitlabPipeline, gitlabJobs, readGitlabPipeline } from './gitlab-jobs.ts';

const FILE = '.gitlab-ci.yml';

/**
 * The jobs of the repository's GitLab pipeline that verify in a clone without history. GitLab's runner fetches as many
 * commits as `GIT_DEPTH` says, in a job's variables before the pipeline's; 0 is all of them; without it the project's
 * setting holds, which is 20 in projects made since GitLab 12. `GIT_STRATEGY` `none` and `empty` fetch nothing.
 */
export function examineGitlab({ topLevel }: Pick<Repository, 'topLevel'>): Finding[] {
  const pipeline = readGitlabPipeline(topLevel, FILE);
  if (pipeline === undefined) return [];
  return [...gitlabJobs(pipeline)].flatMap(([name, job]) => {
    if (!verifiesInItsClone(job.scripts)) return [];
    const lack = whatLacks(job);
    if (lack === undefined) return [];
    const message = `The job "${name}" runs signoff verify in ${lack}, so verify may refuse: ${whatToDo(job)}.${notRead(job, pipeline)}`;
    return [warn(FILE, message)];
  });
}

/** Undefined where the job has its history, or nobody can tell from here: a variable may hold anything. */
function whatLacks({ variables }: GitlabJob): string | undefined {
  const strategy = textOfVariable(variables.get('GIT_STRATEGY'));
  if (strategy === 'none' || strategy === 'empty')
    return `a folder for which nothing is fetched (GIT_STRATEGY: ${strategy})`;
  const depth = textOfVariable(variables.get('GIT_DEPTH'));
  if (depth === undefined) return 'a clone as deep as the project’s setting says, by default 20 commits';
  return /^[1-9]\d*$/.test(depth) ? `a clone without history (GIT_DEPTH: ${depth})` : undefined;
}

function whatToDo({ variables }: GitlabJob): string {
  const strategy = textOfVariable(variables.get('GIT_STRATEGY'));
  const clones = strategy === 'none' || strategy === 'empty' ? 'GIT_STRATEGY: fetch and ' : '';
  return `give its variables ${clones}GIT_DEPTH: "0"`;
}

/** A variable is a text or a number, or in the pipeline's own list an object with a `value`. */
function textOfVariable(variable: JsonValue | undefined): string | undefined {
  const value = memberOf(variable, 'value') ?? variable;
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : undefined;
}

function notRead({ unread }: GitlabJob, pipeline: GitlabPipeline): string {
  const names = [...new Set([...unread, ...pipeline.unread])];
  return names.length === 0 ? '' : ` What ${listInWords(names)} may say of it can’t be read from here.`;
}
