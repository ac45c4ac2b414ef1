import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { GATE_SYSTEMS, type Gate, type GateSystem } from '../../../src/pipeline/gates/gate.ts';
import { writeGate } from '../../../src/pipeline/gates/write-gate.ts';
import { scriptOf } from './support/gate-script.ts';
import { oddGates } from './support/odd-gates.ts';

/** Programs that write their words into a file, in place of those that gates call. */
const STUBS = {
  node: 'printf "%s\\0" "$@" > node-words',
  curl: 'printf "%s\\0" "$@" > curl-words',
  git: 'case "$1" in fetch) printf "%s\\0" "$@" > fetch-words ;; rev-parse) echo false ;; clone) mkdir -p checkout ;; esac',
  sha256sum: 'cat > /dev/null',
};

let scratch: string;
let environment: NodeJS.ProcessEnv;
before(() => {
  scratch = mkdtempSync(join(tmpdir(), 'signoff-gate-words-'));
  const programs = join(scratch, 'bin');
  mkdirSync(programs);
  for (const [name, body] of Object.entries(STUBS)) {
    writeFileSync(join(programs, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(programs, name), 0o755);
  }
  environment = { PATH: `${programs}${delimiter}${process.env['PATH']}` };
});
after(() => rmSync(scratch, { recursive: true, force: true }));

const MODEL_OF_THE_STEP_BEFORE = "the step's $model";

function run(system: GateSystem, gate: Gate): string {
  const folder = mkdtempSync(join(scratch, 'run-'));
  const script = scriptOf(system, writeGate(system, gate).text);
  const words = ['repository', 'c'.repeat(40), MODEL_OF_THE_STEP_BEFORE, 'out'];
  const { status, stderr } = spawnSync('sh', ['-c', script, 'gate', ...words], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...environment, TMPDIR: folder },
  });
  assert.equal(status, 0, stderr);
  return folder;
}

/** Wherever below the folder the program ran. */
function wordsIn(folder: string, program: string): readonly string[] {
  const files = globSync(`**/${program}-words`, { cwd: folder });
  assert.equal(files.length, 1, program);
  return readFileSync(join(folder, files[0] ?? ''), 'utf8')
    .split('\0')
    .slice(0, -1);
}

test('whatever the names are, each program gets them as its own words, in every system', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(oddGates, fc.constantFrom(...GATE_SYSTEMS), (gate, system) => {
      const folder = run(system, gate);
      const [, remote, branch] = /^refs\/remotes\/([^/]+)\/(.+)$/s.exec(gate.trustedRef) ?? [];
      assert.deepEqual(wordsIn(folder, 'fetch').slice(-3), ['--', remote, `+refs/heads/${branch}:${gate.trustedRef}`]);
      assert.equal(wordsIn(folder, 'curl').at(-1), gate.verifier.kind === 'file' ? gate.verifier.place : '');
      const asked = wordsIn(folder, 'node').slice(1);
      const model = system === 'kubeflow' ? MODEL_OF_THE_STEP_BEFORE : gate.modelPath;
      const policy = gate.policyPath === 'signoff.yaml' ? [] : ['--policy', gate.policyPath];
      const expected = ['--environment', gate.environment, '--trusted-ref', gate.trustedRef, '--model-path', model];
      assert.deepEqual(asked, ['verify', ...expected, ...policy]);
    }),
    { numRuns: 60 },
  );
});
