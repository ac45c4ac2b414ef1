import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Policy } from '../../policy/schema.ts';
import type { OpenRuns } from '../../runs/open-runs.ts';
import type { AssessInput } from './assess.ts';
import { inputStamps } from './input-stamps.ts';
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
  const { input, runs, run, policy } = question;
  const { assessed, digest, stamps } = look;
  if (input.reading.kind !== 'changes' || digest !== input.shown || assessed.run.id !== run) return false;
  // Artifacts that are brought here stand in other folders than the run itself says.
  if (runs.fetchArtifacts !== undefined || assessed.modelFiles === undefined || stamps === undefined) return false;
  if (input.git === 'may have changed' && comparesWithApproved(policy)) return false;
  if (touchesInputs(look, input.reading.paths, input.policyFile)) return false;
  if (!(await isSamePolicy(look, input.policyFile))) return false;
  if (!(await areSameRuns(look, question))) return false;
  return inputStamps(policy, look.runs.values(), { policyFile: input.policyFile, since: Infinity }) === stamps;
}

async function areSameRuns(look: Look, { runs, context: { signal } }: StillTrueQuestion): Promise<boolean> {
  for (const [id, known] of look.runs) {
    const loaded = await runs.load(id, { signal });
    if (!loaded.ok || !isDeepStrictEqual(loaded.value, known)) return false;
  }
  return true;
}

/** What is approved is part of such a check. */
export function comparesWithApproved(policy: Policy): boolean {
  return Object.values(policy.checks).some((check) => 'against' in check && check.against !== undefined);
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
