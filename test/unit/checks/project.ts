import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Assessment } from '../../../src/checks/assessment.ts';
import { type Assessed, type LoadedAssessment, loadAndAssess } from '../../../src/checks/load-and-assess.ts';
import type { Outcome } from '../../../src/checks/outcome.ts';
import { makeStore, type Store, type StoredRun } from '../runs/store.ts';

/** Eight rows: accuracy 0.75, precision 0.75, recall 0.75, f1 0.75, ROC AUC 0.8125 at threshold 0.5. */
export const TABLE = `label,score,weight
1,0.9,1
1,0.8,1
1,0.6,2
1,0.3,1
0,0.7,1
0,0.4,1
0,0.2,3
0,0.1,1
`;

export interface Project extends Store {
  readonly policyFile: string;
  /** Assesses the policy that has these data sets and checks (YAML, indented by two). */
  assess(parts: PolicyParts): Promise<Assessment>;
  /** The one outcome of the one check. */
  outcomeOf(check: string, parts?: Omit<PolicyParts, 'checks'>): Promise<Outcome>;
  load(parts: PolicyParts): Promise<LoadedAssessment>;
}

export interface PolicyParts {
  readonly task?: string;
  readonly artifact?: string;
  /** Lines below `datasets:`, unindented. */
  readonly datasets?: string;
  /** Lines below `checks:`, unindented. */
  readonly checks: string;
}

export const HOLDOUT = 'holdout: { path: holdout.csv, label: label, score: score }';

/** A folder with a store, one run, a model, a table and a policy; gone when the tests of the file are over. */
export function makeProject(run: Partial<StoredRun> = {}): Project {
  const store = makeStore();
  store.addRun({ id: 'run1', name: 'champion', models: ['model'], ...run });
  store.write('mlruns/1/models/m-model-run1/artifacts/MLmodel', 'flavors: {}');
  store.write('mlruns/1/run1/artifacts/eval/predictions.csv', TABLE);
  store.write('holdout.csv', TABLE);
  const policyFile = join(store.folder, 'signoff.yaml');

  async function load(parts: PolicyParts): Promise<LoadedAssessment> {
    store.write('signoff.yaml', policyText(parts));
    return loadAndAssess({ policyFile });
  }

  async function assess(parts: PolicyParts): Promise<Assessment> {
    return assessedOf(await load(parts)).assessment;
  }

  return {
    ...store,
    policyFile,
    load,
    assess,
    async outcomeOf(check, parts = {}) {
      const { outcomes } = await assess({ ...parts, checks: `it: ${check}` });
      const [outcome] = outcomes;
      assert.ok(outcome && outcomes.length === 1);
      return outcome;
    },
  };
}

export function assessedOf(loaded: LoadedAssessment): Assessed {
  assert.ok(loaded.ok, JSON.stringify(loaded));
  return loaded.value;
}

function policyText({ task = 'binary', artifact, datasets = HOLDOUT, checks }: PolicyParts): string {
  const indented = (lines: string) => lines.replaceAll(/^/gm, '  ');
  return `version: 1
project: credit-risk
model: default-classifier
task: ${task}
run: { mlflow: mlflow.db${artifact ? `, artifact: "${artifact}"` : ''} }
datasets:
${indented(datasets)}
checks:
${indented(checks)}
signoff:
  roles: { risk: [ben@acme.example] }
  environments: { production: { require: { risk: 1 } } }
`;
}
