import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { TestContext } from 'node:test';
import { completeRevocation } from '../../../../src/approval/complete-revocation.ts';
import { completeRollback } from '../../../../src/approval/complete-rollback.ts';
import type { CompletedSignOff } from '../../../../src/approval/complete-sign-off.ts';
import { completeSignOff } from '../../../../src/approval/complete-sign-off.ts';
import type { CompletedStatement } from '../../../../src/approval/complete-statement.ts';
import { type History, type HistoryRequest, historyOf } from '../../../../src/approval/history.ts';
import {
  type PreparedRevocation,
  prepareRevocation,
  type RevocationRequest,
} from '../../../../src/approval/prepare-revocation.ts';
import {
  type PreparedRollback,
  prepareRollback,
  type RollbackRequest,
} from '../../../../src/approval/prepare-rollback.ts';
import {
  type PreparedSignOff,
  prepareSignOff,
  type SignOffRequest,
} from '../../../../src/approval/prepare-sign-off.ts';
import { approvalSituation } from '../../../../src/approval/situation.ts';
import { sshSigner } from '../../../../src/approval/ssh-signer.ts';
import type { Verdict } from '../../../../src/approval/verdict.ts';
import { type VerifyRequest, verify } from '../../../../src/approval/verify.ts';
import { type Result, succeed } from '../../../../src/base/result.ts';
import { assess } from '../../../../src/checks/assess.ts';
import type { CommitStep } from '../../../../src/git/commit-files.ts';
import { type SigningKey, signingKeyFromFile } from '../../../../src/git/keys.ts';
import { openRepository } from '../../../../src/git/repository.ts';
import { parsePolicy } from '../../../../src/policy/parse.ts';
import type { Run } from '../../../../src/runs/run.ts';
import { repositoryIn, type ScratchRepository, scratchFolder } from '../../git/support/scratch-repository.ts';

export const DEMO_NOW = new Date('2026-06-15T12:00:00Z');

const POLICY = `version: 1
project: credit-risk
model: default-classifier
task: binary
run: { mlflow: mlflow.db, artifact: "run:model" }
checks:
  auc: { check: metric, logged: auc, min: 0.8 }
signoff:
  roles: { data-science: [ana@acme.example], risk: [ben@acme.example, eve@acme.example] }
  environments:
    production: { require: { data-science: 1, risk: 1 }, expires_after: 90d, separate_from: [trained_by] }
  waivers: { role: risk, max_days: 30 }
`;

type Name = 'ana' | 'ben' | 'eve';

/** A small project with a policy, signers and a model, and people with real keys of ssh-keygen. */
export interface DemoProject {
  readonly scratch: ScratchRepository;
  readonly folder: string;
  readonly modelPath: string;
  key(name: Name): SigningKey;
  prepare(name: Name, changes?: Partial<SignOffRequest>): Promise<Result<PreparedSignOff>>;
  signOff(
    name: Name,
    changes?: Partial<SignOffRequest>,
    afterStep?: (step: CommitStep) => void,
  ): Promise<Result<CompletedSignOff>>;
  /** Withdraws approvals: all of the person's own in HEAD when not given. */
  prepareRevocation(name: Name, changes?: Partial<RevocationRequest>): Promise<Result<PreparedRevocation>>;
  revoke(
    name: Name,
    changes?: Partial<RevocationRequest>,
    afterStep?: (step: CommitStep) => void,
  ): Promise<Result<CompletedStatement>>;
  prepareRollback(name: Name, changes?: Partial<RollbackRequest>): Promise<Result<PreparedRollback>>;
  rollBack(name: Name, changes?: Partial<RollbackRequest>): Promise<Result<CompletedSignOff>>;
  verify(changes?: Partial<VerifyRequest>): Promise<Result<Verdict>>;
  history(changes?: Partial<HistoryRequest>): Promise<History>;
  /** The same project as it looks with another run, whose model has other weights. */
  version(runId: string): DemoProject;
  /** Fast-forwards the protected branch to HEAD: the policy and the signers have landed. */
  protect(): void;
}

/** Makes the project's files in `folder`; `keys` holds the people's keys, outside of the repository. */
export function makeDemoProject(context: TestContext, runId = 'run-1'): DemoProject {
  const parent = scratchFolder(context);
  const folder = join(parent, 'project');
  const keys = join(parent, 'keys');
  const scratch = repositoryIn(folder);
  const lines: string[] = [];
  execFileSync('mkdir', ['-p', keys]);
  for (const name of ['ana', 'ben', 'eve']) {
    execFileSync('ssh-keygen', [
      '-q',
      '-t',
      name === 'ben' ? 'ecdsa' : 'ed25519',
      '-N',
      '',
      '-C',
      name,
      '-f',
      join(keys, name),
    ]);
    const [type, base64] = readFileSync(join(keys, `${name}.pub`), 'utf8').split(' ');
    lines.push(`${name}@acme.example namespaces="model-signoff" ${type} ${base64}`);
  }
  scratch.write('signoff.yaml', POLICY);
  scratch.write('.signoff/allowed_signers', `${lines.join('\n')}\n`);
  scratch.write('.gitignore', 'artifacts*\n');
  scratch.write('artifacts/model/MLmodel', 'flavors: {}\n');
  scratch.write('artifacts/model/data/model.pkl', 'weights');
  scratch.commit('Start');
  const project = openDemoProject(folder, keys, runId);
  project.protect();
  return project;
}

export function openDemoProject(folder: string, keys: string, runId = 'run-1'): DemoProject {
  const scratch = repositoryIn(folder);
  const key = (name: Name) => {
    const found = signingKeyFromFile(join(keys, name));
    if (!found.ok) throw new Error(found.problem.message);
    return found.value;
  };
  const open = async () => {
    const opened = await openRepository(folder);
    if (!opened.ok) throw new Error(opened.problem.message);
    return opened.value;
  };
  const prepare: DemoProject['prepare'] = async (name, changes = {}) => {
    const policyFile = join(folder, 'signoff.yaml');
    const policyBytes = readFileSync(policyFile);
    const { value: policy, positions } = parsePolicy(policyBytes.toString(), 'signoff.yaml');
    if (policy === undefined) throw new Error('The demo policy is wrong.');
    const run = demoRun(folder, runId);
    const source = { location: 'mlflow.db' };
    const { assessment, modelFiles } = await assess({
      policyFile,
      policyBytes,
      policy,
      positions,
      run,
      source,
    });
    return prepareSignOff({
      repository: await open(),
      policyPath: 'signoff.yaml',
      environment: 'production',
      decision: 'approve',
      assessed: { assessment, policy, policyBytes, run, modelFiles },
      key: key(name),
      now: DEMO_NOW,
      ...changes,
    });
  };
  const place = async () => {
    const policyBytes = readFileSync(join(folder, 'signoff.yaml'));
    const { value: policy } = parsePolicy(policyBytes.toString(), 'signoff.yaml');
    if (policy === undefined) throw new Error('The demo policy is wrong.');
    const repository = await open();
    return { repository, policyPath: 'signoff.yaml', policy, policyBytes, environment: 'production', now: DEMO_NOW };
  };
  const prepareToRevoke: DemoProject['prepareRevocation'] = async (name, changes = {}) => {
    const where = await place();
    const { statements } = await approvalSituation(where);
    const approvals = statements
      .filter(({ person, statement }) => person.startsWith(name) && statement.predicate.decision === 'approve')
      .map(({ id }) => id);
    return prepareRevocation({ ...where, approvals, key: key(name), comment: 'A mistake', ...changes });
  };
  const prepareToRollBack: DemoProject['prepareRollback'] = async (name, changes = {}) => {
    return prepareRollback({
      ...(await place()),
      key: key(name),
      comment: 'It turned everybody down',
      loadRun: async (_policy, _folder, id) => succeed(demoRun(folder, id)),
      ...changes,
    });
  };
  return {
    scratch,
    folder,
    modelPath: join(artifactFolder(folder, runId), 'model'),
    key,
    prepare,
    async signOff(name, changes = {}, afterStep = () => {}) {
      const prepared = await prepare(name, changes);
      return prepared.ok
        ? completeSignOff(prepared.value, sshSigner(key(name)), { now: DEMO_NOW, afterStep })
        : prepared;
    },
    prepareRevocation: prepareToRevoke,
    async revoke(name, changes = {}, afterStep = () => {}) {
      const prepared = await prepareToRevoke(name, changes);
      return prepared.ok
        ? completeRevocation(prepared.value, sshSigner(key(name)), { now: DEMO_NOW, afterStep })
        : prepared;
    },
    prepareRollback: prepareToRollBack,
    async rollBack(name, changes = {}) {
      const prepared = await prepareToRollBack(name, changes);
      return prepared.ok ? completeRollback(prepared.value, sshSigner(key(name)), { now: DEMO_NOW }) : prepared;
    },
    async history(changes = {}) {
      return historyOf({ ...(await place()), environments: ['production'], ...changes });
    },
    version(id) {
      scratch.write(join(relative(folder, artifactFolder(folder, id)), 'model/data/model.pkl'), `weights of ${id}`);
      return openDemoProject(folder, keys, id);
    },
    async verify(changes = {}) {
      return verify({
        repository: await open(),
        policyPath: 'signoff.yaml',
        environment: 'production',
        modelPath: join(artifactFolder(folder, runId), 'model'),
        anchor: { trustedRef: 'refs/heads/protected' },
        now: DEMO_NOW,
        loadRun: async () => ({ ok: true, value: demoRun(folder, runId) }),
        ...changes,
      });
    },
    protect: () => {
      scratch.git('update-ref', 'refs/heads/protected', 'HEAD');
    },
  };
}

/** The first run's artifacts lie where every test looks for them; each further run has a folder of its own. */
function artifactFolder(folder: string, id: string): string {
  return join(folder, id.startsWith('run-1') ? 'artifacts' : `artifacts-${id}`);
}

export function demoRun(folder: string, id = 'run-1'): Run {
  const point = { step: 0, timestamp: 0, value: 0.9 };
  return {
    id,
    name: 'challenger',
    experiment: 'demo',
    status: 'finished',
    user: 'trainer',
    startTime: 0,
    endTime: 1,
    metrics: new Map([['auc', point]]),
    params: new Map(),
    tags: new Map(),
    history: new Map([['auc', [point]]]),
    inputs: [],
    models: [],
    registered: [],
    artifactFolder: artifactFolder(folder, id),
  };
}
