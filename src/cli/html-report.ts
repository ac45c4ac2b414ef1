import { dirname } from 'node:path';
import { signoffRecord } from '../approval/signoff-record.ts';
import { sha256Hex } from '../base/hashing.ts';
import { inEnglish } from '../base/translate.ts';
import type { Assessment } from '../checks/assessment.ts';
import type { Assessed } from '../checks/load-and-assess.ts';
import { runsPlots } from '../checks/plots/history.ts';
import type { Plot } from '../checks/plots/plot.ts';
import { recentRuns } from '../checks/plots/recent-runs.ts';
import { renderAssessmentHtml } from '../report/html/assessment-html.ts';
import { drawPictures } from '../report/pictures/draw-pictures.ts';
import { openRunSource } from '../runs/open-run-source.ts';
import type { RunSummary } from '../runs/run.ts';
import { openPolicyRepository } from './policy-repository.ts';

export interface HtmlReportRequest {
  readonly assessed: Assessed;
  /** With approvals laid over it. */
  readonly overlaid: Pick<Assessment, 'outcomes' | 'summary'>;
  readonly environment: string;
  /** What the checks left to be drawn. */
  readonly plots: readonly Plot[];
  readonly signal: AbortSignal;
  /** Takes why a picture is missing. */
  readonly noteFault: (error: unknown) => void;
}

/** The report in one file, with its pictures and everything that was signed about it. */
export async function htmlReport({
  assessed,
  overlaid,
  environment,
  plots,
  signal,
  noteFault,
}: HtmlReportRequest): Promise<string> {
  const { assessment, bytes, policy, policyBytes, policyFile, run, modelFiles } = assessed;
  const place = await openPolicyRepository(policyFile, dirname(policyFile));
  const question = { policy, policyBytes, run, model: modelFiles, now: new Date(), signal };
  const { outcomes, summary } = overlaid;
  const history = runsPlots(policy, run, await runsBeside(assessed, signal));
  return renderAssessmentHtml({
    material: {
      assessment: { ...assessment, outcomes, summary },
      digest: sha256Hex(bytes),
      policy,
      modelFiles: (modelFiles?.files ?? []).map(({ name, sha256 }) => ({ name, sha256 })),
      environment,
      record: place.ok ? await signoffRecord({ ...place.value, ...question }) : undefined,
    },
    pictures: drawPictures([...plots, ...history], {
      policy,
      onFault: noteFault,
      outcomes: new Map(outcomes.map((outcome) => [outcome.id, outcome])),
    }),
    language: 'en',
    t: inEnglish,
  });
}

async function runsBeside({ policy, policyFile, run }: Assessed, signal: AbortSignal): Promise<readonly RunSummary[]> {
  const opened = await openRunSource(policy.run, dirname(policyFile));
  if (!opened.ok) return [run];
  try {
    const listed = await opened.value.list({ signal, metrics: 'none' });
    return await recentRuns(
      opened.value,
      run,
      (listed.value ?? []).map(({ id }) => id),
      { signal },
    );
  } finally {
    opened.value.close();
  }
}
