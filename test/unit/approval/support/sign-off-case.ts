import { parseAllowedSigners } from '../../../../src/approval/allowed-signers.ts';
import { envelopeBytes, preAuthenticationEncoding } from '../../../../src/approval/dsse.ts';
import { approvalPath, assessmentPath, signoffFolder } from '../../../../src/approval/file-names.ts';
import { judge } from '../../../../src/approval/judge.ts';
import { type ApprovalFile, readApprovals } from '../../../../src/approval/read-approvals.ts';
import type { Involved } from '../../../../src/approval/separation.ts';
import {
  type ApprovalPredicate,
  type ApprovalStatement,
  PAYLOAD_TYPE,
  PREDICATE_TYPE,
  STATEMENT_TYPE,
  type Subject,
} from '../../../../src/approval/statement.ts';
import { statementBytes } from '../../../../src/approval/statement-writer.ts';
import type { Verdict } from '../../../../src/approval/verdict.ts';
import { sha256Hex } from '../../../../src/base/hashing.ts';
import { ASSESSMENT_SCHEMA, type Assessment } from '../../../../src/checks/assessment.ts';
import type { Outcome, OutcomeStatus } from '../../../../src/checks/outcome.ts';
import { assessmentBytes } from '../../../../src/checks/serialise.ts';
import { modelIdOf } from '../../../../src/evidence/model-files.ts';
import { parsePolicy } from '../../../../src/policy/parse.ts';
import { makePerson, type TestPerson } from './person.ts';

export const NOW = Date.parse('2026-06-15T12:00:00Z');
export const FOLDER = signoffFolder('signoff.yaml');
export const ana = makePerson('ana@acme.example');
export const ben = makePerson('ben@acme.example');
export const eve = makePerson('eve@acme.example');
export const ci = makePerson('ci@acme.example');
export const mallory = makePerson('mallory@evil.example');

export const POLICY = `version: 1
project: credit-risk
model: default-classifier
task: binary
run: { mlflow: mlruns, experiment: default-classifier }
checks:
  auc: { check: metric, logged: auc, min: 0.8 }
  loss: { check: metric, logged: loss, max: 0.5, severity: advisory }
  dpia: { check: attestation, text: "A data-protection impact assessment is on file", role: risk }
signoff:
  roles: { data-science: [ana@acme.example], risk: [ben@acme.example, eve@acme.example], automation: [ci@acme.example], privacy: [eve@acme.example] }
  environments:
    staging: { require: { automation: 1 }, automatic: true }
    production: { require: { data-science: 1, risk: 1 }, expires_after: 90d, separate_from: [author, trained_by] }
  waivers: { role: risk, max_days: 30 }
  aliases: { ben@acme.example: [benny] }
`;

export const FILES = [
  { name: 'MLmodel', sha256: sha256Hex('flavors: {}') },
  { name: 'model.pkl', sha256: sha256Hex('weights') },
] as const;
export const MODEL = { modelId: modelIdOf(FILES), files: FILES };
export const OTHER_FILES = [FILES[0], { name: 'model.pkl', sha256: sha256Hex('other weights') }] as const;
export const OTHER_MODEL = { modelId: modelIdOf(OTHER_FILES), files: OTHER_FILES };

export interface Signing {
  readonly by: TestPerson;
  readonly predicate?: Partial<ApprovalPredicate>;
  readonly subject?: readonly Subject[];
  readonly files?: readonly { readonly name: string; readonly sha256: string }[];
  /** Last changes to the statement, to the signed bytes, to the file. */
  readonly payload?: (bytes: Buffer) => Uint8Array;
  readonly signedBytes?: (pae: Buffer) => Uint8Array;
  readonly namespace?: string;
  readonly armoured?: (text: string) => string;
  readonly file?: (bytes: Buffer) => Uint8Array;
  readonly path?: (path: string) => string;
  readonly inHead?: boolean;
}

export interface Signed extends ApprovalFile {
  readonly id: string;
  readonly statement: ApprovalStatement;
}

/** A little world in which people sign: one policy, one assessment per model, and a judge at the end. */
export interface World {
  readonly policy: string;
  readonly assess: (statuses?: Partial<Record<string, OutcomeStatus>>, changes?: Partial<Assessment>) => Uint8Array;
  readonly sign: (signing: Signing) => Signed;
  readonly verdict: (question: Question) => Verdict;
}

export interface Question {
  readonly files: readonly ApprovalFile[];
  readonly assessments?: readonly Uint8Array[];
  /** Replaces the bytes that lie where the named assessment should. */
  readonly doctored?: (bytes: Uint8Array) => Uint8Array;
  readonly environment?: string;
  readonly model?: {
    readonly modelId: string;
    readonly files: readonly { readonly name: string; readonly sha256: string }[];
  };
  readonly run?: string | undefined;
  readonly signers?: string;
  readonly involved?: Partial<Involved>;
  readonly live?: string;
  readonly now?: number;
}

export function makeWorld(policyText = POLICY): World {
  const policy = parsePolicy(policyText, 'signoff.yaml').value;
  if (policy === undefined)
    throw new Error(`The test's policy is wrong: ${JSON.stringify(parsePolicy(policyText, 'p').problems)}`);
  const policySha256 = sha256Hex(policyText);

  const assess: World['assess'] = (statuses = {}, changes = {}) => {
    const outcomes = Object.entries(policy.checks).map(([id, check]): Outcome => {
      const status = statuses[id] ?? (check.check === 'attestation' ? 'pending' : 'pass');
      return {
        ...{ id, check: check.check, title: id, severity: check.severity ?? 'required', status },
        ...{ value: null, bound: null, interval: null, rows: null, formula: null, message: 'So it is.', evidence: [] },
        source: { line: 1, column: 1 },
      };
    });
    return assessmentBytes({
      schema: ASSESSMENT_SCHEMA,
      tool: { name: 'model-signoff', version: '0.1.0' },
      project: policy.project,
      model: policy.model,
      run: { id: 'run-1', name: 'challenger', source: 'mlflow.db' },
      policy: { path: 'signoff.yaml', sha256: policySha256 },
      summary: { ok: true, counts: { pass: 1 } },
      outcomes,
      model_id: MODEL.modelId,
      baseline: null,
      ...changes,
    });
  };

  const sign: World['sign'] = (signing) => {
    const files = signing.files ?? FILES;
    const statement: ApprovalStatement = {
      _type: STATEMENT_TYPE,
      subject: signing.subject ?? files.map(({ name, sha256 }) => ({ name, digest: { sha256 } })),
      predicateType: PREDICATE_TYPE,
      predicate: {
        project: policy.project,
        model: policy.model,
        run: 'run-1',
        environment: 'production',
        decision: 'approve',
        role: roleOf(signing.by),
        approver: signing.by.name,
        comment: '',
        policy: { sha256: policySha256 },
        assessment: { sha256: sha256Hex(assess()) },
        accepted: [],
        waivers: [],
        attestations: signing.by === ben ? [DPIA] : [],
        replaces: null,
        supersedes: [],
        deployment: { strategy: null, rollback_to: null },
        trained_by: [],
        issued: '2026-06-10T12:00:00Z',
        expires: '2026-09-01T12:00:00Z',
        tool: { name: 'model-signoff', version: '0.1.0' },
        ...signing.predicate,
      },
    };
    const payload = Buffer.from((signing.payload ?? ((bytes) => bytes))(statementBytes(statement)));
    const message = preAuthenticationEncoding(PAYLOAD_TYPE, payload);
    const armoured = signing.by.sign((signing.signedBytes ?? ((bytes) => bytes))(message), signing.namespace);
    const bytes = envelopeBytes(payload, (signing.armoured ?? ((text) => text))(armoured));
    const id = sha256Hex(payload);
    return {
      id,
      statement,
      path: (signing.path ?? ((path) => path))(approvalPath(FOLDER, statement.predicate, id)),
      content: (signing.file ?? ((content) => content))(bytes),
      inHead: signing.inHead ?? true,
    };
  };

  const verdict: World['verdict'] = (question) => {
    const now = question.now ?? NOW;
    const signers = parseAllowedSigners(question.signers ?? SIGNERS, 'allowed_signers');
    const assessments = (question.assessments ?? [assess()]).map((bytes): [string, Uint8Array] => [
      assessmentPath(FOLDER, policy.model, 'run-1', sha256Hex(bytes)),
      (question.doctored ?? ((same) => same))(bytes),
    ]);
    return judge({
      folder: FOLDER,
      environment: question.environment ?? 'production',
      policy,
      policySha256,
      approvals: readApprovals(question.files, { folder: FOLDER, policy, signers, now }),
      assessments: new Map(assessments),
      model: question.model ?? MODEL,
      run: 'run' in question ? question.run : 'run-1',
      involved: { author: [], policy_author: [], trained_by: [], ...question.involved },
      live: question.live,
      now,
    });
  };
  return { policy: policyText, assess, sign, verdict };
}

export const DPIA = { check: 'dpia', statement: 'A data-protection impact assessment is on file', evidence: [] };
export const SIGNERS = `${[ana, ben, eve, ci].map(({ line }) => line).join('\n')}\n`;

function roleOf(person: TestPerson): string {
  return person === ana ? 'data-science' : person === ci ? 'automation' : 'risk';
}

export function codesOf(verdict: Verdict): string[] {
  return verdict.reasons.map(({ code }) => code);
}
