import type { SignoffRecord } from '../../../src/approval/signoff-record.ts';
import type { Outcome } from '../../../src/checks/outcome.ts';
import { parsePolicy } from '../../../src/policy/parse.ts';
import type { Policy } from '../../../src/policy/schema.ts';
import type { ReportMaterial } from '../../../src/report/document/report-material.ts';
import type { PictureSection } from '../../../src/report/pictures/picture.ts';
import { group, node } from '../../../src/report/pictures/scene.ts';
import { assessment, REFUSED } from './samples.ts';

/** A report in which every name, word and message that comes from outside is `name`. */
export function materialOf(name: string, outcomes: readonly Outcome[] = [outcomeOf(name)]): ReportMaterial {
  return {
    assessment: {
      ...assessment(...outcomes),
      ...{
        project: name,
        model: name,
        run: { id: name, name, source: name },
        policy: { path: name, sha256: 'a'.repeat(64) },
      },
    },
    digest: 'd'.repeat(64),
    policy: policyOf(name),
    modelFiles: [{ name, sha256: 'e'.repeat(64) }],
    environment: 'production',
    record: recordOf(name),
  };
}

/** As a report has it: people have to be asked who holds which role, and why a check is there. */
function policyOf(name: string): Policy {
  const { value } = parsePolicy(
    `version: 1
project: p
model: m
task: binary
run: { folder: runs }
datasets: { d: { path: d.csv, label: y, score: s } }
checks: { auc: { check: metric, metric: roc_auc, dataset: d, min: 0.8 } }
signoff:
  roles: { data-science: [ana@acme.example], risk: [ben@acme.example] }
  environments: { production: { require: { data-science: 1, risk: 1 } } }
`,
    'signoff.yaml',
  );
  if (value === undefined) throw new Error('The policy of the test has mistakes.');
  const { auc } = value.checks;
  if (auc === undefined) throw new Error('The policy of the test has no check.');
  const roles = { ...value.signoff.roles, risk: [`other ${name}`] };
  return { ...value, checks: { [name]: { ...auc, why: name, refs: [name] } }, signoff: { ...value.signoff, roles } };
}

function outcomeOf(name: string): Outcome {
  return {
    ...{
      id: name,
      check: 'metric',
      title: name,
      severity: 'required',
      status: 'pass',
      value: 0.9,
      bound: { min: 0.8 },
    },
    ...{ interval: [0.85, 0.95] as const, rows: 100, formula: name, message: name, source: { line: 7, column: 3 } },
    parts: [{ name, status: 'pass', value: 0.9, interval: null, rows: 50 }],
    evidence: [{ path: name, sha256: 'f'.repeat(64) }],
  };
}

export function recordOf(name: string): SignoffRecord {
  const said = { check: name, by: name, reason: name };
  const word = {
    ...{ id: 'c'.repeat(64), person: name, role: name, key: 'SHA256:abc', comment: name },
    ...{ issued: '2026-06-10T12:00:00Z', expires: '2026-09-01T12:00:00Z', landed: null },
  };
  const evidence = { policy: 'a'.repeat(64), assessment: 'd'.repeat(64), path: name, state: 'as signed', counts: {} };
  const saidOnChecks = {
    accepted: [said],
    waived: [{ ...said, until: '2026-07-01' }],
    attested: [{ check: name, by: name, statement: name, evidence: [{ path: name, sha256: '1'.repeat(64) }] }],
  };
  return {
    ...{ commit: '9'.repeat(40), judgedOn: '2026-06-11', protectedBranch: undefined },
    environments: [
      {
        ...{ environment: 'production', standing: 'open', replaces: null, said: saidOnChecks },
        verdict: {
          ...REFUSED,
          reasons: [{ code: 'rejected', message: name }],
          approvals: [{ ...word, issued: word.issued }],
          ignored: [{ file: name, code: 'envelope-malformed', message: name }],
        },
        assessments: [{ path: name, sha256: 'd'.repeat(64) }],
      },
    ],
    history: {
      ...{ schema: 'urn:model-signoff:history:v1', project: name, model: name, at: null, ignored: [] },
      environments: [
        {
          environment: 'production',
          turns: [
            {
              ...{ by: 'approval', model_id: 'b'.repeat(64), run: name, replaces: null, state: 'in force' },
              ...{ since: '2026-06-10T12:00:00Z', until: null, signed: [word], rests_on: [] },
              evidence: { ...evidence, ...saidOnChecks },
            },
          ],
          objections: [
            { ...word, decision: 'reject', model_id: 'b'.repeat(64), run: name, state: 'blocks', withdraws: [] },
          ],
        },
      ],
    },
  };
}

export function picturesOf(name: string): readonly PictureSection[] {
  const scene = {
    width: 10,
    height: 10,
    nodes: [group('mark', node('text', { x: 1, y: 2, 'aria-label': name }, name))],
  };
  const table = { columns: [{ title: name, kind: 'text' as const }], rows: [[name]] };
  const picture = { id: name, checks: [name], title: name, sentence: name, status: undefined, note: name, csv: '' };
  return [{ id: 'performance', title: 'Performance', pictures: [{ ...picture, scene, table }] }];
}
