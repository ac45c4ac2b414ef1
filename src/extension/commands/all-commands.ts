import { accept } from './accept.ts';
import { addPipelineGate } from './add-pipeline-gate.ts';
import { attest } from './attest.ts';
import { check } from './check.ts';
import { checkHistory } from './check-history.ts';
import { checkRuns } from './check-runs.ts';
import type { Command } from './command.ts';
import { compare } from './compare.ts';
import { createPolicy } from './create-policy.ts';
import { explain } from './explain.ts';
import { filterChecklist } from './filter-checklist.ts';
import { filterRuns } from './filter-runs.ts';
import { forgetServerCredential } from './forget-server-credential.ts';
import { openCheckEvidence } from './open-check-evidence.ts';
import { openMetrics } from './open-metrics.ts';
import { openPipelineRun } from './open-pipeline-run.ts';
import { openReport } from './open-report.ts';
import { refresh } from './refresh.ts';
import { reject } from './reject.ts';
import { revealRun } from './reveal-run.ts';
import { revoke } from './revoke.ts';
import { rollBack } from './roll-back.ts';
import { saveReport } from './save-report.ts';
import { selectPolicy } from './select-policy.ts';
import { selectRun } from './select-run.ts';
import { setServerCredential } from './set-server-credential.ts';
import { show } from './show.ts';
import { signOff } from './sign-off.ts';
import { sortRuns } from './sort-runs.ts';
import { stop } from './stop.ts';
import { triggerPipeline } from './trigger-pipeline.ts';
import { verify } from './verify.ts';
import { waive } from './waive.ts';

/** Every command of the manifest. To add one: a file like its neighbours, a line here, its id in `ids.ts`, its entry in package.json. */
export const ALL_COMMANDS: readonly Command[] = [
  check,
  signOff,
  reject,
  waive,
  attest,
  openReport,
  saveReport,
  openMetrics,
  compare,
  verify,
  rollBack,
  revoke,
  triggerPipeline,
  openPipelineRun,
  createPolicy,
  addPipelineGate,
  selectPolicy,
  selectRun,
  refresh,
  stop,
  setServerCredential,
  forgetServerCredential,
  accept,
  checkHistory,
  checkRuns,
  explain,
  filterChecklist,
  filterRuns,
  openCheckEvidence,
  revealRun,
  show,
  sortRuns,
];
