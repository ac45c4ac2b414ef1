import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Assessed } from '../../checks/load-and-assess.ts';
import type { Policy } from '../../policy/schema.ts';
import type { OpenRuns } from '../../runs/open-runs.ts';
import type { AssessInput } from './assess.ts';
import type { Look } from './newest-look.ts';
import type { OperationContext } from './operation-context.ts';
import { inputsOf } from './watched-inputs.ts';

/** What is asked about an earlier look. */
export interface StillTrueQuestion {
  readonly input: AssessInput;
  readonly context: OperationContext;
  readonly policy: Policy;
  readonly runs: OpenRuns;
  /** The run that the checklist would be about now. */
  readonly run: string | undefined;
}

/**
 * Whether an earlier assessment would come out the same, so that training which writes other runs does not have all
 * tables read again. Where that can't be told for certain, it is not.
 */
export async function isStillTrue(look: Look, question: StillTrueQuestion): Promise<boolean> {
  const { input, runs, run } = question;
  const { assessed, digest } = look;
  if (input.reading.kind !== 'changes' || digest !== input.shown || assessed.run.id !== run) return false;
  // Artifacts that are brought here stand in other folders than the run itself says.
  if (runs.fetchArtifacts !== undefined || comparesWithOthers(question.policy)) return false;
  if (waitsForFiles(assessed)) return false;
  if (touchesInputs(look, input.reading.paths, input.policyFile)) return false;
  if (!(await isSamePolicy(look, input.policyFile))) return false;
  const loaded = await runs.load(run, { signal: question.context.signal });
  return loaded.ok && isDeepStrictEqual(loaded.value, assessed.run);
}

/** Another run's metrics, and what is approved, are part of such a check. */
function comparesWithOthers(policy: Policy): boolean {
  return Object.values(policy.checks).some((check) => 'against' in check && check.against !== undefined);
}

/** Files that were not found have no watcher, and may have come meanwhile. */
function waitsForFiles({ policy, assessment, modelFiles }: Assessed): boolean {
  if (modelFiles === undefined) return true;
  return assessment.outcomes.some(({ id, check, status, evidence }) => {
    const asked = policy.checks[id];
    const needsNone =
      check === 'attestation' || (asked !== undefined && 'logged' in asked && asked.logged !== undefined);
    return status === 'not_evaluable' || (evidence.length === 0 && !needsNone);
  });
}

function touchesInputs({ assessed }: Look, paths: readonly string[], policyFile: string): boolean {
  const { files, folders, coverage } = inputsOf(assessed);
  // An input that nobody watches may have changed without a word.
  if (coverage === 'some') return true;
  const inputs = new Set([policyFile, ...files, ...folders]);
  return paths.some((path) => inputs.has(path) || folders.includes(dirname(path)));
}

async function isSamePolicy({ assessed }: Look, policyFile: string): Promise<boolean> {
  try {
    return Buffer.compare(await readFile(policyFile), assessed.policyBytes) === 0;
  } catch {
    return false;
  }
}
