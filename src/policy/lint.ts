import type { Problem } from '../base/result.ts';
import { lintChecks } from './lint/checks.ts';
import { createLint } from './lint/context.ts';
import { lintDatasets } from './lint/datasets.ts';
import { lintEnvironments } from './lint/environments.ts';
import { lintPipeline } from './lint/pipeline.ts';
import { lintRoles } from './lint/roles.ts';
import { lintRunSource } from './lint/run-source.ts';
import type { Positions } from './positions.ts';
import type { Policy } from './schema.ts';

/**
 * The rules that no shape can say: what makes a well-formed policy ambiguous is an error, what is merely unwise a
 * warning. Problems carry no file name; whoever read the file adds it.
 */
export function lintPolicy(policy: Policy, positions: Positions): readonly Problem[] {
  const lint = createLint(policy, positions);
  lintRunSource(lint);
  lintDatasets(lint);
  lintChecks(lint);
  lintRoles(lint);
  lintEnvironments(lint);
  lintPipeline(lint);
  return lint.problems;
}
