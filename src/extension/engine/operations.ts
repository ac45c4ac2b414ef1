import type { Result } from '../../base/result.ts';
import { approvals } from './approvals.ts';
import { assess } from './assess.ts';
import { branches } from './branches.ts';
import { compareRuns } from './compare.ts';
import { gate, gateChoices } from './gate.ts';
import { loadRun } from './load-run.ts';
import type { OperationContext } from './operation-context.ts';
import { pictures } from './pictures.ts';
import { pipelineStatus } from './pipeline-status.ts';
import { policyFacts } from './policy-facts.ts';
import { proposal } from './proposal.ts';
import { pushSignOffs } from './push-sign-offs.ts';
import { readSigned } from './read-signed.ts';
import { report, reportHtml } from './report.ts';
import { prepareRevocation, revocable } from './revoke.ts';
import { previewPipeline, ringPipeline } from './ring-pipeline.ts';
import { prepareRollback } from './roll-back.ts';
import { prepareSignOff } from './sign-off.ts';
import { signingKeys } from './signing-keys.ts';
import { summariseRun } from './summarise-run.ts';
import { completeSignOff, dropSignOff } from './tickets.ts';
import { verifyRun } from './verify-run.ts';

/** Everything that the editor may ask of the engine: plain data in, a result of plain data out. */
export const operations = {
  assess,
  approvals,
  loadRun,
  pictures,
  compareRuns,
  readSigned,
  summariseRun,
  report,
  reportHtml,
  branches,
  signingKeys,
  prepareSignOff,
  prepareRollback,
  revocable,
  prepareRevocation,
  completeSignOff,
  pushSignOffs,
  dropSignOff,
  verify: verifyRun,
  previewPipeline,
  ringPipeline,
  pipelineStatus,
  gateChoices,
  gate,
  proposePolicy: proposal,
  policyFacts,
} satisfies Record<string, (input: never, context: OperationContext) => Promise<Result<unknown>>>;

export type EngineOperations = typeof operations;
export type OperationName = keyof EngineOperations;
