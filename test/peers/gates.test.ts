import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'yaml';
import type { Gate, GateSystem } from '../../src/pipeline/gates/gate.ts';
import { CHECKOUT, SETUP_NODE } from '../../src/pipeline/gates/github-gate.ts';
import { tagsOf } from '../../src/pipeline/gates/tags-of.ts';
import { writeGate } from '../../src/pipeline/gates/write-gate.ts';
import { git } from '../unit/cli/signoff-process.ts';
import {
  BAD,
  deployedIn,
  type GatedCase,
  type GatedClones,
  GOOD,
  gatedClones,
  gateFrom,
  pipelineEnvironment,
  VERIFIER,
} from '../unit/pipeline/support/gated-clones.ts';
import { oddGates } from '../unit/pipeline/support/odd-gates.ts';
import { goTool, mavenJar, npmTool, pathOf, systemTool, unlessTools } from './gate-tools.ts';
import { unlessPythonNamed } from './python.ts';
import { jsonFromPythonNamed } from './run-python.ts';

const actionlint = goTool('github.com/rhysd/actionlint/cmd/actionlint', 'v1.7.7');
const act = goTool('github.com/nektos/act', 'v0.2.82');
// The last that also starts on Node 20; it copies with rsync.
const gitlabCiLocal = npmTool('gitlab-ci-local', '4.73.0');
const rsync = systemTool('rsync');
const java = systemTool('java');
const groovy = mavenJar('org.apache.groovy', 'groovy', '4.0.24');

let clones: GatedClones;
let scratch: string;
let server: ChildProcess;
let address: string;

before(async () => {
  clones = gatedClones();
  scratch = mkdtempSync(join(tmpdir(), 'signoff-peers-gates-'));
  // A process of its own: the tools are waited for synchronously.
  const script = `require('http').createServer((_, answer) => require('fs').createReadStream(${JSON.stringify(VERIFIER)}).pipe(answer)).listen(0, '127.0.0.1', function () { console.log(this.address().port); })`;
  server = spawn(process.execPath, ['--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise((resolve) => server.stdout?.once('data', (data) => resolve(String(data).trim())));
  address = `http://127.0.0.1:${port}/signoff-verify.cjs`;
});
after(() => {
  server.kill();
  clones.remove();
  rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
});

/** A clone with the gate of a system in its place. */
function gated(system: GateSystem, of: GatedCase, changes: Partial<Gate> = {}): { folder: string; file: string } {
  const folder = clones.clone(of);
  const deploy = `printf %s model > ${join(folder, 'deployed')}`;
  const { path, text } = writeGate(system, gateFrom(address, { deploy, ...changes }));
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return { folder, file };
}

/** Instead of GitHub's own actions, which can't be had here: a fresh clone at the commit, and the Node that is there. */
function actionsOnThisMachine(origin: string): string[] {
  const checkout = ['git clone --quiet', origin, '. && git checkout --quiet --detach "$', '{{ inputs.ref }}"'];
  const steps = { [CHECKOUT]: `${checkout.slice(0, 2).join(' ')} ${checkout.slice(2).join('')}`, [SETUP_NODE]: 'true' };
  return Object.entries(steps).flatMap(([action, run], index) => {
    const folder = join(scratch, `action-${index}`);
    mkdirSync(folder, { recursive: true });
    const inputs = {
      ref: { description: '' },
      'fetch-depth': { description: '' },
      'node-version': { description: '' },
    };
    const runs = { using: 'composite', steps: [{ run, shell: 'sh' }] };
    writeFileSync(join(folder, 'action.yml'), JSON.stringify({ name: action, description: action, inputs, runs }));
    return ['--local-repository', `${action}=${folder}`];
  });
}

interface WorkflowRun {
  readonly folder: string;
  readonly status: number | null;
  readonly said: string;
}

/** The workflow as a sign-off dispatches it, with the approvals' commit. */
function runWorkflow(of: GatedCase): WorkflowRun {
  const { folder } = gated('github', of);
  return runAct(folder, 'workflow_dispatch', { inputs: { commit: git(folder, 'rev-parse', 'HEAD').trim() } });
}

/** The workflow as the tag of a sign-off starts it, which names no inputs. */
function runTagged(of: GatedCase): WorkflowRun {
  const { folder } = gated('github', of);
  const tag = `${tagsOf({ model: 'default-classifier', environment: 'production' })}0123456789ab-1`;
  git(git(folder, 'remote', 'get-url', 'origin').trim(), 'tag', '--force', tag, 'main');
  return runAct(folder, 'push', { ref: `refs/tags/${tag}` });
}

function runAct(folder: string, name: string, content: unknown): WorkflowRun {
  const event = join(scratch, 'event.json');
  writeFileSync(event, JSON.stringify(content));
  const words = [name, '--platform', 'ubuntu-latest=-self-hosted', '--eventpath', event];
  const { status, stdout, stderr } = spawnSync(
    pathOf(act),
    [...words, ...actionsOnThisMachine(git(folder, 'remote', 'get-url', 'origin').trim())],
    {
      cwd: folder,
      encoding: 'utf8',
      env: { ...pipelineEnvironment(), HOME: scratch, XDG_CACHE_HOME: join(scratch, 'cache') },
    },
  );
  return { folder, status, said: stdout + stderr };
}

test('act runs GitHub’s gate, which deploys what both signed', unlessTools(act), () => {
  const { folder, status, said } = runWorkflow(GOOD);
  assert.equal(status, 0, said);
  assert.equal(deployedIn(folder), 'model');
});

test(
  'act: the tag of a sign-off starts GitHub’s gate at what it names, and stops where one signature lacks',
  unlessTools(act),
  () => {
    const good = runTagged(GOOD);
    assert.equal(good.status, 0, good.said);
    assert.equal(deployedIn(good.folder), 'model');
    const bad = runTagged('signed by one of two');
    assert.equal(bad.status, 1, bad.said);
    assert.match(bad.said, /Not approved for production/);
    assert.equal(deployedIn(bad.folder), undefined);
  },
);

function runGitlab(of: GatedCase, ...words: readonly string[]) {
  const { folder } = gated('gitlab', of);
  const ran = spawnSync(pathOf(gitlabCiLocal), ['--force-shell-executor', ...words], {
    cwd: folder,
    encoding: 'utf8',
    env: pipelineEnvironment(),
  });
  return { folder, status: ran.status, said: ran.stdout + ran.stderr };
}

const unlessGitlab = unlessTools(gitlabCiLocal, rsync);

test('gitlab-ci-local: the deployment waits to be played, after the stages before it', unlessGitlab, () => {
  const { folder, said } = runGitlab(GOOD);
  assert.match(said, /PASS.*prepare[\s\S]*PASS.*train[\s\S]*PASS.*validate/);
  assert.equal(deployedIn(folder), undefined);
});

for (const bad of BAD) {
  test(`act: nothing is deployed where the sign-off is ${bad}`, unlessTools(act), () => {
    const { folder, status, said } = runWorkflow(bad);
    assert.equal(status, 1, said);
    assert.match(said, /Not approved for production/);
    assert.equal(deployedIn(folder), undefined);
  });
}

for (const bad of ['signed by one of two', 'of a model that was changed since'] as const) {
  test(`gitlab-ci-local: nothing is deployed where the sign-off is ${bad}`, unlessGitlab, () => {
    const { folder, status, said } = runGitlab(bad, '--manual', 'deploy');
    assert.equal(status, 1, said);
    assert.match(said, /Not approved for production/);
    assert.equal(deployedIn(folder), undefined);
  });
}

test('gitlab-ci-local: a pipeline that a sign-off starts neither waits nor trains', unlessGitlab, () => {
  const { folder } = gated('gitlab', GOOD);
  const commit = git(folder, 'rev-parse', 'HEAD').trim();
  const words = ['--force-shell-executor', '--variable', `SIGNOFF_COMMIT=${commit}`];
  const { status, stdout } = spawnSync(pathOf(gitlabCiLocal), words, {
    cwd: folder,
    encoding: 'utf8',
    env: pipelineEnvironment(),
  });
  assert.equal(status, 0, stdout);
  assert.equal(deployedIn(folder), 'model');
  assert.doesNotMatch(stdout, /train/);
});

test(
  'gitlab-ci-local: a pipeline that gets inputs takes the commit from them, and nothing else for one',
  unlessGitlab,
  () => {
    const targets = [{ gitlab: { project: 'acme/credit' } }];
    for (const [named, expected] of [
      [undefined, 'model'],
      ['touch pwned', undefined],
    ] as const) {
      const { folder } = gated('gitlab', GOOD, { targets });
      const commit = named ?? git(folder, 'rev-parse', 'HEAD').trim();
      const words = ['--force-shell-executor', '--input', `commit=${commit}`];
      const { stdout, stderr } = spawnSync(pathOf(gitlabCiLocal), words, {
        cwd: folder,
        encoding: 'utf8',
        env: pipelineEnvironment(),
      });
      assert.equal(deployedIn(folder), expected, stdout + stderr);
      assert.doesNotMatch(stdout, /train/);
    }
  },
);

/** Names that git and file systems allow, and that are not refused for their braces. */
const HOSTILE = [
  `it's "$(touch pwned)" \`touch pwned\` ; touch pwned #`,
  "''' + 'touch pwned'.execute() + '''",
  'a\\',
  ': - &a !!str *b | > % @ [x] {y}',
];

test('actionlint finds nothing in GitHub’s gate, whatever the names', unlessTools(actionlint), () => {
  for (const name of ['model', ...HOSTILE])
    for (const place of [address, undefined]) {
      const changes = {
        policyPath: name,
        modelPath: name,
        verifier: { kind: 'file', place, sha256: '0'.repeat(64) },
      } as const;
      const { file } = gated('github', GOOD, changes);
      const { status, stdout } = spawnSync(pathOf(actionlint), ['-no-color', file], { encoding: 'utf8' });
      assert.equal(status, 0, stdout);
    }
});

test(
  'Groovy reads Jenkins’ gate, and its script is that of the shell’s, whatever the names',
  unlessTools(java, groovy),
  () => {
    const started = [{ jenkins: { job: 'https://ci.acme.example/job/deploy' } }];
    const ways = [
      [[], 'input\nmessage\nid'],
      [started, 'when\nbeforeAgent\nexpression'],
    ] as const;
    for (const [targets, way] of ways) {
      const name = HOSTILE.join(' ');
      const changes = { policyPath: name, modelPath: name, targets };
      const { file } = gated('jenkins', GOOD, changes);
      const scripts = join(scratch, 'scripts');
      const reader = join(import.meta.dirname, 'gate_jenkins.groovy');
      const words = ['-cp', pathOf(groovy), 'groovy.ui.GroovyMain', reader, file, scripts];
      const { status, stdout, stderr } = spawnSync(pathOf(java), words, { encoding: 'utf8' });
      assert.equal(status, 0, stderr);
      assert.match(stdout, new RegExp(`^pipeline\n[\\s\\S]*^${way}\n[\\s\\S]*^checkout\nsh\n`, 'm'));
      const asksVerifier = /^node .*$/m;
      const [inShell] = asksVerifier.exec(writeGate('shell', gateFrom(address, changes)).text) ?? [];
      assert.equal(asksVerifier.exec(readFileSync(scripts, 'utf8'))?.[0], inShell);
    }
  },
);

/** What a container starts with, its clone and all, on this machine. */
function runContainer(command: readonly string[], words: readonly string[]) {
  const [program = '', ...rest] = command;
  const folder = mkdtempSync(join(scratch, 'container-'));
  return {
    folder,
    ...spawnSync(program, [...rest, ...words], { cwd: folder, encoding: 'utf8', env: pipelineEnvironment() }),
  };
}

test('kfp loads Kubeflow’s gate and compiles a pipeline of it', unlessPythonNamed('kfp'), () => {
  const { file } = gated('kubeflow', GOOD);
  const compiled = join(scratch, 'pipeline.yaml');
  const told = jsonFromPythonNamed('kfp', 'gate_component.py', file, compiled);
  const { command } = parse(readFileSync(file, 'utf8')).implementation.container;
  assert.deepEqual((told as { readonly command: unknown }).command, command);
  const containers = Object.values(parse(readFileSync(compiled, 'utf8')).deploymentSpec.executors);
  assert.ok(JSON.stringify(containers).includes(JSON.stringify(command[2])));
});

test('libyaml reads the gates as they are meant, whatever the names', unlessPythonNamed('kfp'), () => {
  const systems = ['github', 'gitlab', 'kubeflow', 'argo'] as const;
  const texts = fc.sample(oddGates, 50).flatMap((gate) => systems.map((system) => writeGate(system, gate).text));
  const file = join(scratch, 'texts.json');
  writeFileSync(file, JSON.stringify(texts));
  const theirs = jsonFromPythonNamed('kfp', 'gate_yaml.py', file);
  // Its older YAML takes “on” for a truth value, which GitHub does not: what is read is compared as text.
  assert.deepEqual(
    theirs,
    texts.map((text) => parse(text, { schema: 'failsafe' })),
  );
});

for (const [of, code] of [...BAD.map((bad) => [bad, 1] as const), [GOOD, 0] as const]) {
  test(`Kubeflow’s and Argo’s containers end with ${code} where the sign-off is ${of}`, () => {
    const { folder: source, file } = gated('kubeflow', of);
    const origin = git(source, 'remote', 'get-url', 'origin').trim();
    const commit = git(source, 'rev-parse', 'HEAD').trim();
    const { container } = parse(readFileSync(file, 'utf8')).implementation;
    const kubeflow = runContainer(container.command, [origin, commit, join(source, 'model'), join(scratch, 'out')]);
    assert.equal(kubeflow.status, code, kubeflow.stderr);
    const template = parse(writeGate('argo', gateFrom(address)).text);
    const argo = template.spec.templates.find((each: { readonly name: string }) => each.name === 'deploy');
    for (const named of [commit, '']) {
      const deployed = runContainer(argo.container.command, [origin, named]);
      assert.equal(deployed.status, code, deployed.stderr);
      assert.equal(deployedIn(join(deployed.folder, 'checkout')), code === 0 ? 'model' : undefined);
    }
  });
}
