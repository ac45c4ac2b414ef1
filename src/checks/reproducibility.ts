import type { ReproducibilityCheck } from '../policy/schema.ts';
import { type CheckContext, type Finding, notEvaluable } from './check-context.ts';
import type { EvidenceFile } from './outcome.ts';
import { inputExample, type Packaged, pinnedEnvironment, readPackaged, signature } from './reproducibility/packaged.ts';
import { cleanTree, datasetDigests, gitCommit, parameters, reachableCommit, seed } from './reproducibility/recorded.ts';
import { type Requirement, requirementsFinding } from './requirements.ts';

type RequirementName = ReproducibilityCheck['require'][number];

/**
 * The run recorded what it takes to repeat it. Each requirement is a part. What was not recorded fails; what was
 * recorded in a way that can't be read is not evaluable.
 */
export async function checkReproducibility(check: ReproducibilityCheck, context: CheckContext): Promise<Finding> {
  const packaged = await readPackaged(context);
  const requirements: Requirement[] = [];
  for (const name of check.require) requirements.push(await judgeRequirement(name, context, packaged));
  if (requirements.length === 0) return notEvaluable('The check requires nothing.');
  return requirementsFinding(
    requirements,
    { subject: 'The run', whenAllHold: `The run recorded what it takes to repeat it: ${inWords(check.require)}.` },
    evidenceOf(packaged, check.require),
  );
}

async function judgeRequirement(
  name: RequirementName,
  context: CheckContext,
  packaged: Packaged,
): Promise<Requirement> {
  const { run } = context;
  switch (name) {
    case 'git_commit':
      return gitCommit(run);
    case 'reachable_commit':
      return reachableCommit(context);
    case 'clean_tree':
      return cleanTree(run);
    case 'dataset_digests':
      return datasetDigests(run);
    case 'parameters':
      return parameters(run);
    case 'seed':
      return seed(run);
    case 'pinned_environment':
      return pinnedEnvironment(packaged);
    case 'signature':
      return signature(packaged);
    case 'input_example':
      return inputExample(packaged);
  }
}

function evidenceOf({ mlmodel, environment }: Packaged, required: readonly RequirementName[]): EvidenceFile[] {
  const files: EvidenceFile[] = [];
  if (mlmodel.ok && (required.includes('signature') || required.includes('input_example')))
    files.push(mlmodel.value.file);
  if (environment.ok && required.includes('pinned_environment'))
    files.push(...environment.value.map(({ file }) => file));
  return files;
}

function inWords(names: readonly RequirementName[]): string {
  return names.map((name) => name.replaceAll('_', ' ')).join(', ');
}
