import type { OutcomeComparison } from '../../../src/checks/comparison/compare-outcomes.ts';
import type { ComparedRun } from '../../../src/extension/engine/compare.ts';
import { comparisonContent } from '../../../src/extension/panels/comparison/comparison-document.ts';
import { metricsDocument } from '../../../src/extension/panels/metrics-document.ts';
import { reportPanel } from '../../../src/extension/panels/report-panel.ts';
import { reviewDocument } from '../../../src/extension/panels/review-document.ts';
import { verdictDocument } from '../../../src/extension/panels/verdict-document.ts';
import type { PanelDocument } from '../../../src/extension/protocol.ts';
import type { Run } from '../../../src/runs/run.ts';
import { materialOf } from '../report/report-samples.ts';
import { policy } from './samples.ts';

const point = { step: 0, timestamp: 0, value: 0.5 };

/** A run in which everything is called so. */
export function runNamed(name: string): Run {
  return {
    ...{ id: name, name, experiment: name, status: 'finished', user: name, startTime: 0, endTime: 0 },
    ...{ metrics: new Map([[name, point]]), params: new Map([[name, name]]), tags: new Map([[name, name]]) },
    ...{ history: new Map([[name, [point, point]]]), inputs: [{ name, digest: name, context: name }], models: [] },
    ...{ registered: [], artifactFolder: undefined },
  };
}

function comparisonNamed(name: string): PanelDocument {
  const { id, startTime, metrics, params, tags, inputs } = runNamed(name);
  const run: ComparedRun = {
    ...{ id, name, startTime, metrics, params, tags, inputs, modelId: 'a'.repeat(64) },
    ...{ modelFiles: new Map([[name, 'b'.repeat(64)]]), packages: new Map([[name, name]]) },
  };
  const side = { status: 'pass', value: 0.5 } as const;
  const part = { name, first: 0.5, second: 0.6, drop: 0.1, interval: null, rows: 1, pair: 'paired' } as const;
  const check: OutcomeComparison = {
    ...{ id: name, title: name, severity: 'required', first: side, second: side, change: 'worse' },
    ...{ passing: 'both alike', confidence: 0.95, problems: [name] },
    differences: [
      { ...part, change: 'worse' },
      { ...part, change: 'worse' },
    ],
  };
  const since = { issued: '2026-11-23T10:00:00Z', sha256: 'c'.repeat(64) };
  const differences = [{ path: name, first: name, second: name }];
  const known = { kind: 'known', approval: since, differences, weaker: [name] } as const;
  return comparisonContent({ first: run, second: run, checks: [check], policy: known, pictures: [] }, policy(), name)
    .document;
}

/** What each panel shows of a model, run, check, person and file of one name. */
export const PANEL_DOCUMENTS: Readonly<Record<string, (name: string) => PanelDocument>> = {
  metrics: (name) => metricsDocument(runNamed(name), name),
  report: (name) => reportPanel(materialOf(name), 'trusted'),
  comparison: comparisonNamed,
  verdict: (name) =>
    verdictDocument(
      {
        ...{ schema: 'urn:model-signoff:verdict:v1', approved: false, quorum: { [name]: { need: 1, have: 0 } } },
        ...{ reasons: [{ code: 'rejected', message: name }], ignored: [{ file: name, code: 'x', message: name }] },
        approvals: [
          {
            ...{ id: 'c', person: name, role: name, key: name },
            ...{ issued: '2026-11-23T10:00:00Z', expires: '2026-11-24T10:00:00Z' },
          },
        ],
      },
      { model: name, run: name, environment: name, trustedRef: name },
    ),
  review: (name) =>
    reviewDocument({
      ...{ ticket: 't', person: name, model: { id: 'c', files: 1 }, digest: 'd', already: 'not-yet' },
      fields: [
        { label: 'Decision', value: name },
        { label: `  ${name}`, value: name },
      ],
      ...{ payload: JSON.stringify({ [name]: name }), openPoints: [name], securityKey: 'none', remote: undefined },
    }),
};
