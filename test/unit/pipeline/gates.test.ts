import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { parse, parseAllDocuments } from 'yaml';
import { inRepository } from '../../../scripts/lib/repository.mjs';
import { readPolicyBytes } from '../../../src/approval/read-policy.ts';
import { openRepository } from '../../../src/git/repository.ts';
import { GATE_SYSTEMS, type Gate } from '../../../src/pipeline/gates/gate.ts';
import { type GateWishes, proposeGate, verifierDigest } from '../../../src/pipeline/gates/propose-gate.ts';
import { writeGate } from '../../../src/pipeline/gates/write-gate.ts';
import { asVariables, type News, parametersOf } from '../../../src/pipeline/news.ts';
import { sign } from '../../attacks/support/attack.ts';
import { type BuiltRepositories, buildRepositories } from '../../attacks/support/build-repositories.ts';
import { ana, ben, POLICY } from '../approval/support/sign-off-case.ts';
import { git, onlyFile } from '../cli/signoff-process.ts';
import { scriptOf } from './support/gate-script.ts';

const VERIFIER = inRepository('dist', 'signoff-verify.cjs');
/** Pipelines have a Node that is new enough. */
const ENVIRONMENT = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH']}` };
const DAY_MS = 86_400_000;

const NEWS: News = {
  ...{ event: 'on_approved', approvals: ['a'.repeat(64)], commit: 'c'.repeat(40), model: 'credit' },
  ...{ version: 'd'.repeat(64), run: 'r', environment: 'production' },
};

let built: BuiltRepositories;
let scratch: string;
let clones = 0;

before(() => {
  const instant = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;
  const dates = { issued: instant(Date.now() - DAY_MS), expires: instant(Date.now() + DAY_MS) };
  built = buildRepositories([{ approvals: [ana, ben].map((by) => sign({ by, predicate: dates })) }]);
  scratch = mkdtempSync(join(tmpdir(), 'signoff-gates-'));
  cpSync(VERIFIER, join(scratch, 'signoff-verify.cjs'));
});
after(() => {
  built.remove();
  rmSync(scratch, { recursive: true, force: true });
});

/** What a pipeline checks out, with a command that deploys. */
function checkout(): string {
  clones += 1;
  const folder = join(scratch, `clone-${clones}`);
  git(scratch, 'clone', '--quiet', built.folders[0] ?? '', folder);
  return folder;
}

function gateOf(wishes: Partial<Gate> = {}): Gate {
  return {
    ...{ model: 'default-classifier', environment: 'production', modelPath: 'model', policyPath: 'signoff.yaml' },
    trustedRef: 'refs/remotes/origin/protected',
    verifier: { kind: 'file', place: join(scratch, 'signoff-verify.cjs'), sha256: verifierDigest() ?? '' },
    deploy: 'touch deployed',
    ...wishes,
  };
}

function runShell(folder: string, gate: Gate): { readonly code: number | null; readonly said: string } {
  const file = join(folder, 'gate.sh');
  writeFileSync(file, writeGate('shell', gate).text);
  chmodSync(file, 0o755);
  const { status, stdout, stderr } = spawnSync('sh', [file], { cwd: folder, encoding: 'utf8', env: ENVIRONMENT });
  rmSync(file);
  return { code: status, said: stdout + stderr };
}

test('the gate for shells deploys what people signed', () => {
  const folder = checkout();
  const { code, said } = runShell(folder, gateOf());
  assert.equal(code, 0, said);
  assert.ok(existsSync(join(folder, 'deployed')));
});

const REFUSED: readonly (readonly [what: string, spoil: (folder: string) => Partial<Gate>])[] = [
  [
    'other bytes than those that were signed',
    (folder) => {
      writeFileSync(onlyFile(folder, /model\/model\.pkl$/), 'other weights');
      return {};
    },
  ],
  ['an environment that nobody signed for', () => ({ environment: 'staging' })],
  [
    'an approval that was taken away',
    (folder) => {
      git(folder, 'rm', '--quiet', '-r', '.signoff/approvals');
      git(folder, '-c', 'user.name=M', '-c', 'user.email=m@evil.example', 'commit', '--quiet', '-m', 'x');
      return {};
    },
  ],
  [
    'a verifier with another digest',
    () => {
      const place = join(scratch, 'evil.cjs');
      writeFileSync(place, 'process.exit(0)');
      return { verifier: { kind: 'file', place, sha256: verifierDigest() ?? '' } };
    },
  ],
  ['a branch that is not there', () => ({ trustedRef: 'refs/remotes/origin/nowhere' })],
];

for (const [what, spoil] of REFUSED) {
  test(`the gate for shells stops at ${what}`, () => {
    const folder = checkout();
    const { code, said } = runShell(folder, gateOf(spoil(folder)));
    assert.notEqual(code, 0, said);
    assert.ok(!existsSync(join(folder, 'deployed')));
  });
}

test('names with quotes, blanks and dollars are words of the command, in every system', () => {
  const odd = `a'b"c $(touch pwned) \`touch pwned\` \\ ;&| x`;
  for (const system of GATE_SYSTEMS) {
    const { text } = writeGate(system, gateOf({ modelPath: odd, policyPath: odd }));
    if (['github', 'gitlab', 'kubeflow', 'argo'].includes(system)) assert.ok(parse(text));
    const folder = checkout();
    const script = scriptOf(system, text);
    spawnSync('sh', ['-c', script, 'gate', built.folders[0] ?? '', 'f'.repeat(40), odd, 'out'], { cwd: folder });
    assert.ok(!existsSync(join(folder, 'pwned')), system);
    if (system !== 'kubeflow') assert.ok(script.includes(`'${odd.replaceAll("'", "'\\''")}'`), `${system}: ${script}`);
  }
});

test('the tag of a sign-off starts the gates of GitHub and GitLab, which need no commit to be named then', () => {
  const gate = gateOf({ model: 'credit..risk' });
  const { on } = parse(writeGate('github', gate).text);
  assert.deepEqual(on.push.tags, ['signoff/credit%2E.risk/production/*']);
  const { deploy, train } = parse(writeGate('gitlab', gate).text);
  assert.match(deploy.rules[0].if, /^\$CI_COMMIT_TAG =~ \/\^signoff\\\/credit%2E\\\.risk\\\/production\\\/\/ \|\| /);
  assert.deepEqual(train.rules[0], { if: deploy.rules[0].if, when: 'never' });
});

test('GitLab’s gate declares what a new pipeline is sent, and only where it is sent inputs', () => {
  const project = { project: 'acme/credit' };
  const { text } = writeGate('gitlab', gateOf({ targets: [{ gitlab: project }] }));
  const [header, content] = parseAllDocuments(text).map((each) => each.toJS());
  const sent = parametersOf(NEWS, 'f'.repeat(32));
  assert.deepEqual(Object.keys(header.spec.inputs), Object.keys(sent));
  for (const [name, { default: empty, regex }] of Object.entries<{ default: string; regex?: string }>(
    header.spec.inputs,
  ))
    for (const value of [empty, sent[name as keyof typeof sent]]) assert.match(value, new RegExp(regex ?? ''));
  assert.doesNotMatch('$(rm)', new RegExp(header.spec.inputs.commit.regex));
  assert.equal(content.variables.SIGNOFF_COMMIT, '$[[ inputs.commit ]]');
  for (const told of [{ job: 'deploy' }, { trigger_token: true }, { pass: 'variables' as const }]) {
    const without = writeGate('gitlab', gateOf({ targets: [{ gitlab: { ...project, ...told } }] }));
    assert.equal(without.text, writeGate('gitlab', gateOf()).text, JSON.stringify(told));
  }
});

test('Jenkins’ gate waits for nobody in a build that the sign-off starts, and declares what that is sent', () => {
  const job = 'https://ci.acme.example/job/deploy';
  const { text } = writeGate('jenkins', gateOf({ targets: [{ jenkins: { job } }] }));
  assert.doesNotMatch(text, /input/);
  assert.match(text, /expression \{ params\.SIGNOFF_COMMIT \}/);
  const declared = [...text.matchAll(/string\(name: '(\w+)', defaultValue: ''/g)].map(([, name]) => name);
  assert.deepEqual(declared, Object.keys(asVariables(parametersOf(NEWS, ''))));
  const waiting = writeGate('jenkins', gateOf({ targets: [{ jenkins: { job, input: 'ModelSignOff' } }] }));
  assert.equal(waiting.text, writeGate('jenkins', gateOf()).text);
  assert.match(waiting.text, /id 'ModelSignOff'/);
  const named = writeGate('jenkins', gateOf({ targets: [{ jenkins: { job, input: "go'Live" } }] }));
  assert.match(named.text, /id 'go\\'Live'/);
});

test('Jenkins’ gate says that a job which the sign-off starts needs a file of its own, where another waits', () => {
  const job = 'https://ci.acme.example/job/deploy';
  const both = writeGate(
    'jenkins',
    gateOf({ targets: [{ jenkins: { job } }, { jenkins: { job, input: 'ModelSignOff' } }] }),
  );
  assert.match(both.text, /^\/\/ This is for the job whose builds wait: .+ needs a$/m);
  const lines = both.text.split('\n').filter((line) => !line.startsWith('//'));
  const waiting = writeGate('jenkins', gateOf()).text.split('\n');
  assert.deepEqual(lines, waiting.slice(1));
});

test('actions are named by commits, since tags can be moved', () => {
  const uses = writeGate('github', gateOf()).text.match(/uses: .*/g);
  assert.equal(uses?.length, 2);
  for (const each of uses ?? []) assert.match(each, /^uses: actions\/[a-z-]+@[0-9a-f]{40} # v4\.\d+\.\d+$/);
});

test('where no place is named for the verifier, the pipeline’s own variable names it, and it is pinned all the same', () => {
  const verifier = { kind: 'file', place: undefined, sha256: verifierDigest() ?? '' } as const;
  const folder = checkout();
  const { code, said } = runShell(folder, gateOf({ verifier }));
  assert.notEqual(code, 0);
  assert.match(said, /SIGNOFF_VERIFIER/);
  for (const system of GATE_SYSTEMS) {
    const { text } = writeGate(system, gateOf({ verifier }));
    assert.ok(text.includes(verifier.sha256) && text.includes('SIGNOFF_VERIFIER'), system);
  }
});

const PROPOSED: readonly (readonly [what: string, wishes: GateWishes, expected: Partial<Gate> | RegExp])[] = [
  ['nothing', {}, { environment: 'production', trustedRef: 'refs/remotes/origin/main', modelPath: 'deep/model' }],
  ['an environment that the policy lacks', { environment: 'moon' }, /no environment "moon"/],
  ['HEAD', { trustedRef: 'HEAD' }, /no anchor/],
  ['a tag', { trustedRef: 'refs/tags/v1' }, /no anchor/],
  ['a model without a name', { modelPath: '' }, /path of the model is empty/],
  ['an expression', { modelPath: '{{workflow.name}}' }, /braces in pairs/],
  // libyaml and Go's YAML end the line there, and the rest of the name becomes a part of the pipeline.
  ['a separator of lines', { modelPath: 'model\u2028deploy: evil' }, /separators of lines/],
  ['two lines', { modelPath: 'model\nrm -rf /' }, /control characters/],
];

test('what is not said follows from policy and repository, and what can’t be is refused in one sentence', async () => {
  const repository = await openRepository(checkout());
  const policy = readPolicyBytes(Buffer.from(POLICY), 'signoff.yaml');
  assert.ok(repository.ok && policy.ok);
  const fixed = { repository: repository.value, policy: policy.value, policyPath: 'deep/signoff.yaml' };
  for (const [what, wishes, expected] of PROPOSED) {
    const gate = await proposeGate(fixed, wishes);
    if (expected instanceof RegExp) {
      assert.ok(!gate.ok, what);
      assert.match(gate.problem.message, expected);
    } else {
      assert.ok(gate.ok, what);
      assert.deepEqual({ ...gate.value, ...expected }, gate.value);
    }
  }
});

test('what a policy names is held to the same, where nobody says otherwise', async () => {
  const repository = await openRepository(checkout());
  const policy = readPolicyBytes(Buffer.from(POLICY), 'signoff.yaml');
  assert.ok(repository.ok && policy.ok);
  const run = { ...policy.value.run, artifact: 'models/{{workflow.name}}' };
  const place = { repository: repository.value, policy: { ...policy.value, run }, policyPath: 'signoff.yaml' };
  const gate = await proposeGate(place, {});
  assert.ok(!gate.ok);
  assert.match(gate.problem.message, /^“models\/\{\{workflow\.name\}\}” can’t stand in a pipeline’s file/);
  assert.ok((await proposeGate(place, { modelPath: 'model' })).ok);
});

test('an automatic environment has the whole package at an exact version, and evaluates again', () => {
  const { text } = writeGate('shell', gateOf({ verifier: { kind: 'package', specifier: 'model-signoff@1.2.3' } }));
  assert.match(text, /npm install .* model-signoff@1\.2\.3\n/);
  assert.match(text, /signoff" verify .*--recheck\n/);
});

test('the digest is that of the verifier that was built', () => {
  assert.ok(readFileSync(`${VERIFIER}.sha256`, 'utf8').startsWith(verifierDigest() ?? '-'));
});
