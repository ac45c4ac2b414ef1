import type { Outcome } from '../../../src/checks/outcome.ts';
import type { EnvironmentApprovals, Seat } from '../../../src/extension/engine/approvals.ts';
import { NOTHING_YET, type Snapshot } from '../../../src/extension/state/snapshot.ts';
import { parsePolicy } from '../../../src/policy/parse.ts';
import type { Policy } from '../../../src/policy/schema.ts';

/** Small valid things for tests to change one part of. */
export function outcome(changes: Partial<Outcome> = {}): Outcome {
  return {
    id: 'auc',
    check: 'metric',
    title: 'auc',
    severity: 'required',
    status: 'pass',
    value: 0.8472,
    bound: { min: 0.8 },
    interval: null,
    rows: 1000,
    formula: 'roc_auc/midrank',
    message: 'It holds.',
    evidence: [],
    source: { line: 1, column: 1 },
    ...changes,
  };
}

const CHECKS = {
  auc: '{ check: metric, metric: roc_auc, dataset: holdout, min: 0.80 }',
  profit:
    '{ check: metric, metric: expected_value, dataset: holdout, payoff: { tp: 0, fp: -50, fn: -900, tn: 120 }, min: 40 }',
  'recall-by-sex': '{ check: metric, metric: recall, dataset: holdout, by: sex, min: 0.70 }',
  noisy: '{ check: metric, metric: roc_auc, dataset: noisy, min: 0.7 }',
  latency: '{ check: metric, logged: latency_p95_ms, max: 200 }',
  'recall-by-quarter': '{ check: metric, metric: recall, dataset: holdout, by: quarter, min: 0.70 }',
  honest: '{ check: agreement, logged: holdout_accuracy, metric: accuracy, dataset: holdout, tolerance: 1e-9 }',
  card: '{ check: document, path: MODEL_CARD.md, sections: [Limitations] }',
  dpia: '{ check: attestation, text: "It is on file", role: risk, evidence: required, refs: [iso-42001:a.5.2] }',
  trained: '{ check: attestation, text: "The team was trained" }',
} as const;
export type SampleCheck = keyof typeof CHECKS;

export function policy(checks: readonly SampleCheck[] = ['auc']): Policy {
  const text = `
version: 1
project: credit-risk
model: default-classifier
task: binary
run: { mlflow: mlflow.db }
datasets:
  holdout:
    path: run:eval/predictions.parquet
    label: defaulted
    score: p_default
    groups:
      sex: { privileged: male }
      quarter: { column: scored_at, every: quarter }
  noisy: { path: run:eval/noisy.parquet, label: defaulted, score: p_default }
checks:
${checks.map((id) => `  ${id}: ${CHECKS[id]}`).join('\n')}
signoff:
  roles: { data-science: [ana@acme.example], risk: [ben@acme.example, eve@acme.example] }
  environments:
    production: { require: { data-science: 1, risk: 1 } }
  waivers: { role: risk, max_days: 30 }
`;
  const { value, problems } = parsePolicy(text, 'signoff.yaml');
  const errors = problems.filter((problem) => problem.severity === 'error');
  if (value === undefined || errors.length > 0) throw new Error(JSON.stringify(problems));
  return value;
}

export function seat(changes: Partial<Seat> = {}): Seat {
  return {
    role: 'risk',
    need: 1,
    have: 0,
    approvals: [],
    holders: ['ben@acme.example', 'eve@acme.example'],
    ...changes,
  };
}

export function environment(changes: Partial<EnvironmentApprovals['candidate']> = {}): EnvironmentApprovals {
  return {
    name: 'production',
    automatic: 'by-people',
    inForce: undefined,
    history: { environment: 'production', turns: [], objections: [] },
    candidate: {
      modelId: 'a'.repeat(64),
      standing: 'open',
      replaces: null,
      seats: [seat()],
      others: [],
      reasons: [],
      ...changes,
    },
  };
}

export function snapshot(changes: Partial<Snapshot> = {}): Snapshot {
  return {
    ...NOTHING_YET,
    policySearch: 'found',
    policyFile: '/home/ana/credit/signoff.yaml',
    trust: 'trusted',
    policy: policy(),
    ...changes,
  };
}

/** A snapshot of a checked run. */
export function checked(outcomes: readonly Outcome[], changes: Partial<Snapshot> = {}): Snapshot {
  return snapshot({
    assessed: {
      digest: 'd'.repeat(64),
      places: new Map(),
      registered: [],
      assessment: {
        schema: 'urn:model-signoff:assessment:v1',
        tool: { name: 'model-signoff', version: '0.0.0' },
        project: 'credit-risk',
        model: 'default-classifier',
        run: { id: 'run-1', name: 'challenger', source: 'mlflow.db' },
        policy: { path: 'signoff.yaml', sha256: 'b'.repeat(64) },
        summary: { ok: true, counts: {} },
        outcomes,
        model_id: 'a'.repeat(64),
        baseline: null,
      },
    },
    ...changes,
  });
}
