// A policy's text with places marked in it, and facts to go with it, for tests that read like what a person sees.
import { NO_FACTS, type OutcomeFacts, type PolicyFacts } from '../../../../src/policy/language/facts.ts';
import { type Known, prepareFacts } from '../../../../src/policy/language/known.ts';
import { type PolicyDocument, readPolicyDocument } from '../../../../src/policy/language/policy-document.ts';

/** A text without its `|`, and where that stood. A bar that belongs to the text is written `||`. */
export function atCursor(marked: string): { readonly text: string; readonly offset: number } {
  const offset = marked.search(/(?<!\|)\|(?!\|)/u);
  if (offset < 0) throw new Error('The text has no cursor.');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  return { text: text.replaceAll('||', '|'), offset };
}

export function documentOf(text: string): PolicyDocument {
  return readPolicyDocument(text, 'signoff.yaml');
}

/** A policy with everything that most tests need; `checks` are the lines of its checks, without indentation. */
export function policyWith(checks: string, changes: (text: string) => string = (text) => text): string {
  const indented = checks.trim().replaceAll(/^(?=.)/gmu, '  ');
  return changes(`version: 1
project: credit-risk
model: default-classifier
task: binary
run: { mlflow: mlflow.db }
datasets:
  holdout:
    path: run:eval/holdout.parquet
    label: defaulted
    score: p_default
    groups:
      sex: { privileged: male }
      age_band: { column: age, bins: [25, 45] }
  training: { path: data/train.parquet, label: defaulted, score: p_default }
checks:
${indented}
signoff:
  roles: { data-science: [ana@acme.example], risk: [ben@acme.example, eve@acme.example] }
  environments:
    staging: { require: { data-science: 1 } }
    production: { require: { data-science: 1, risk: 1 } }
  waivers: { role: risk, max_days: 30 }
`);
}

/** What the engine would know of the policy above. */
export const FACTS: PolicyFacts = {
  tables: {
    'run:eval/holdout.parquet': {
      files: ['/work/holdout.parquet'],
      rows: 4000,
      columns: [
        { name: 'defaulted', type: 'number', values: ['0', '1'], complete: true },
        { name: 'p_default', type: 'number' },
        { name: 'sex', type: 'text', values: ['female', 'male'], complete: true },
        { name: 'age', type: 'number' },
        { name: 'client id', type: 'text' },
      ],
    },
    'data/train.parquet': {
      files: ['/work/train.parquet'],
      rows: 9000,
      columns: [
        { name: 'defaulted', type: 'number', values: ['0', '1'], complete: true },
        { name: 'p_default', type: 'number' },
        { name: 'age', type: 'number' },
      ],
    },
  },
  run: {
    id: '7e53ca0d',
    name: 'gradient-boosting',
    metrics: [
      { name: 'holdout_accuracy', value: 0.81 },
      { name: 'val_loss', value: 0.43 },
    ],
  },
  runs: {
    known: [
      { id: '7e53ca0d', name: 'gradient-boosting' },
      { id: '8e41bd03', name: 'logistic' },
    ],
    complete: true,
  },
  signers: [
    { person: 'ana@acme.example', standing: 'may sign', line: 1 },
    { person: 'ben@acme.example', standing: 'may sign', line: 2 },
    { person: 'eve@acme.example', standing: 'may sign', line: 3 },
  ],
  signersFile: '/work/.signoff/allowed_signers',
  history: { auc: [0.81, 0.79, null, 0.83] },
};

export function outcome(id: string, rest: Partial<OutcomeFacts>): OutcomeFacts {
  return {
    ...{ id, severity: 'required', title: id, status: 'pass', value: null, bound: null, interval: null, rows: null },
    ...{ formula: null, message: `${id} was looked at.`, evidence: [] },
    ...rest,
  } as OutcomeFacts;
}

/** The facts above, with a policy that was assessed. */
export function knowing(
  assessed?: { readonly policyText: string; readonly outcomes: readonly OutcomeFacts[] },
  changes: Partial<PolicyFacts> = {},
): Known {
  return prepareFacts({ ...FACTS, ...(assessed && { assessed }), ...changes });
}

export const nothingKnown: Known = prepareFacts(NO_FACTS);
