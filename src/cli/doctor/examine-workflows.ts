import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonArray, isJsonObject, type JsonValue } from '../../base/lenient-json.ts';
import { parsePlainYaml } from '../../base/plain-yaml.ts';
import type { Repository } from '../../git/repository.ts';
import { memberOf, textOf, verifiesInItsClone } from './ci-values.ts';
import { type Finding, warn } from './finding.ts';
import { pipelineFile } from './pipeline-file.ts';

const WORKFLOWS = '.github/workflows';

/**
 * The repository's own GitHub workflows that verify in a checkout without history: `actions/checkout` fetches one commit
 * unless it is told otherwise. A job that fetches by itself is left alone, and so is a depth that is an expression.
 */
export function examineWorkflows({ topLevel }: Pick<Repository, 'topLevel'>): Finding[] {
  return workflowFiles(topLevel).flatMap((name) => {
    const text = pipelineFile(topLevel, join(WORKFLOWS, name)) ?? '';
    const read = parsePlainYaml(text, { aliases: 'shared' });
    const jobs = read.ok ? memberOf(read.value.value, 'jobs') : undefined;
    if (!isJsonObject(jobs)) return [];
    return [...jobs].flatMap(([job, value]) => {
      const depth = depthOfVerifyingJob(stepsOf(value));
      if (depth === undefined) return [];
      const message = `The job "${job}" runs signoff verify in a checkout without history (fetch-depth: ${depth}), so verify may refuse: give actions/checkout fetch-depth: 0.`;
      return [warn(`${WORKFLOWS}/${name}`, message)];
    });
  });
}

function workflowFiles(topLevel: string): readonly string[] {
  try {
    return readdirSync(join(topLevel, WORKFLOWS))
      .filter((name) => /\.ya?ml$/i.test(name))
      .sort();
  } catch {
    return [];
  }
}

function stepsOf(job: JsonValue): readonly JsonValue[] {
  const steps = memberOf(job, 'steps');
  return isJsonArray(steps) ? steps : [];
}

/** Undefined where the job verifies nothing, has its history, or may have it. */
function depthOfVerifyingJob(steps: readonly JsonValue[]): number | undefined {
  const scripts = steps.map((step) => textOf(memberOf(step, 'run')));
  if (!verifiesInItsClone(scripts)) return undefined;
  const checkouts = steps.filter((step) => /^actions\/checkout@/i.test(textOf(memberOf(step, 'uses'))));
  const depths = checkouts.map((step) => memberOf(memberOf(step, 'with'), 'fetch-depth') ?? 1);
  const [depth] = depths.map((each) => Number(typeof each === 'string' ? each.trim() : each));
  return checkouts.length === 1 && depth !== undefined && depth > 0 ? depth : undefined;
}
