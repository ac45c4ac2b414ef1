import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { examineGitlab } from '../../../src/cli/doctor/examine-gitlab.ts';
import { examineJenkinsfile } from '../../../src/cli/doctor/examine-jenkinsfile.ts';
import { examineWorkflows } from '../../../src/cli/doctor/examine-workflows.ts';
import { pipelineFile } from '../../../src/cli/doctor/pipeline-file.ts';
import { gitlabGate } from '../../../src/pipeline/gates/gitlab-gate.ts';
import { jenkinsGate } from '../../../src/pipeline/gates/jenkins-gate.ts';

const SCRIPT = 'script: [node signoff-verify.cjs --environment production]';
const DEPLOY = `deploy: { ${SCRIPT} }`;
const GATE = {
  ...{ model: 'm', environment: 'production', policyPath: 'signoff.yaml', modelPath: 'model', deploy: './deploy.sh' },
  ...{
    trustedRef: 'refs/remotes/origin/main',
    verifier: { kind: 'file', place: undefined, sha256: 'a'.repeat(64) } as const,
  },
};

function folderWith(context: TestContext, files: Readonly<Record<string, string>>): { readonly topLevel: string } {
  const topLevel = mkdtempSync(join(tmpdir(), 'doctor-'));
  context.after(() => rmSync(topLevel, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(topLevel, path)), { recursive: true });
    writeFileSync(join(topLevel, path), text);
  }
  return { topLevel };
}

/** What is found of a job that verifies, in the words between "in" and ", so". */
const GITLAB: readonly (readonly [what: string, pipeline: string, found: string | undefined])[] = [
  ['no depth', DEPLOY, 'a clone as deep as the project’s setting says, by default 20 commits'],
  [
    'a depth of its own',
    `deploy: { variables: { GIT_DEPTH: 5 }, ${SCRIPT} }`,
    'a clone without history (GIT_DEPTH: 5)',
  ],
  ['all history', `deploy: { variables: { GIT_DEPTH: "0" }, ${SCRIPT} }`, undefined],
  ['all history for every job', `variables: { GIT_DEPTH: 0 }\n${DEPLOY}`, undefined],
  ['the same, described', `variables: { GIT_DEPTH: { value: "0", description: all } }\n${DEPLOY}`, undefined],
  [
    'its own depth before every job’s',
    `variables: { GIT_DEPTH: 0 }\ndeploy: { variables: { GIT_DEPTH: "1" }, ${SCRIPT} }`,
    'a clone without history (GIT_DEPTH: 1)',
  ],
  [
    'nothing inherited',
    `variables: { GIT_DEPTH: 0 }\ndeploy: { inherit: { variables: false }, ${SCRIPT} }`,
    'a clone as deep as the project’s setting says, by default 20 commits',
  ],
  [
    'what is inherited',
    `variables: { GIT_DEPTH: 0 }\ndeploy: { inherit: { variables: [GIT_DEPTH] }, ${SCRIPT} }`,
    undefined,
  ],
  [
    'nothing fetched',
    `variables: { GIT_DEPTH: 0 }\ndeploy: { variables: { GIT_STRATEGY: none }, ${SCRIPT} }`,
    'a folder for which nothing is fetched (GIT_STRATEGY: none)',
  ],
  [
    'an empty folder',
    `deploy: { variables: { GIT_STRATEGY: empty }, ${SCRIPT} }`,
    'a folder for which nothing is fetched (GIT_STRATEGY: empty)',
  ],
  ['a depth that only GitLab knows', `deploy: { variables: { GIT_DEPTH: $DEPTH }, ${SCRIPT} }`, undefined],
  ['a script that fetches', `deploy: { script: [git fetch --unshallow, node signoff-verify.cjs] }`, undefined],
  ['a job that does not verify', 'test: { script: [npm test] }', undefined],
  ['a job that is only taken over', `.deploy: { ${SCRIPT} }`, undefined],
  ['what it extends', `.whole: { variables: { GIT_DEPTH: 0 } }\ndeploy: { extends: [.whole], ${SCRIPT} }`, undefined],
  [
    'a script by reference',
    `.verify: { ${SCRIPT} }\ndeploy: { variables: { GIT_DEPTH: 3 }, script: [echo, !reference [.verify, script]] }`,
    'a clone without history (GIT_DEPTH: 3)',
  ],
  [
    'variables by reference',
    `.whole: { variables: { GIT_DEPTH: 0 } }\ndeploy: { variables: !reference [.whole, variables], ${SCRIPT} }`,
    undefined,
  ],
  [
    'a default script',
    'default: { before_script: [npx signoff verify --run 1] }\ndeploy: { script: [./deploy.sh] }',
    'a clone as deep as the project’s setting says, by default 20 commits',
  ],
  ['an anchor', `.v: &v { GIT_DEPTH: 0 }\ndeploy: { variables: { <<: *v }, ${SCRIPT} }`, undefined],
  ['no YAML', 'deploy: [', undefined],
];

for (const [what, pipeline, found] of GITLAB) {
  test(`GitLab: ${what}`, (context) => {
    const findings = examineGitlab(folderWith(context, { '.gitlab-ci.yml': `${pipeline}\n` }));
    const said = findings.map(
      ({ message }) => / runs signoff verify in (.+?), so verify may refuse: /.exec(message)?.[1],
    );
    assert.deepEqual(said, found === undefined ? [] : [found]);
  });
}

test('GitLab: files of the repository are followed, those of elsewhere are said, and what they could change', (context) => {
  const files = {
    '.gitlab-ci.yml': `include: [{ local: /ci/base.yml }, { project: acme/ci, file: x.yml }]\n${DEPLOY}\nother: { extends: .far, ${SCRIPT} }\n`,
    'ci/base.yml': 'include: .gitlab-ci.yml\ndeploy: { variables: { GIT_DEPTH: "0" } }\n',
  };
  const [finding, ...others] = examineGitlab(folderWith(context, files));
  assert.deepEqual(others, []);
  assert.match(finding?.message ?? '', /^The job "other" .*: give its variables GIT_DEPTH: "0"\. /);
  assert.match(finding?.message ?? '', / What \.far and acme\/ci may say of it can’t be read from here\.$/);
});

test('what our own gates write is warned of by nobody', (context) => {
  for (const targets of [[], [{ gitlab: { project: 'acme/credit' } }]]) {
    const { path, text } = gitlabGate({ ...GATE, targets });
    assert.deepEqual(examineGitlab(folderWith(context, { [path]: text })), []);
  }
  const { path, text } = jenkinsGate(GATE);
  assert.deepEqual(examineJenkinsfile(folderWith(context, { [path]: text })), []);
});

test('Jenkins: a clone that the Jenkinsfile makes shallow is warned of, and no other', (context) => {
  const jenkinsfile = (checkout: string, script = 'node signoff-verify.cjs'): string =>
    `pipeline {\n  stages { stage('deploy') { steps {\n    ${checkout}\n    sh '${script}'\n  } } }\n}\n`;
  const isWarned = (text: string): boolean => examineJenkinsfile(folderWith(context, { Jenkinsfile: text })).length > 0;
  const shallow = 'checkout scmGit(extensions: [cloneOption(depth: 1, noTags: true, shallow: true)])';
  const SHALLOW = shallow.replace('cloneOption(depth', 'cloneOption(\n      depth');
  assert.ok(
    isWarned(jenkinsfile(shallow.replace('cloneOption(', "[$class: 'CloneOption', ").replace('true)]', 'true]]'))),
  );
  assert.ok(isWarned(jenkinsfile(shallow)) && isWarned(jenkinsfile(SHALLOW)));
  assert.ok(!isWarned(jenkinsfile('checkout scm')));
  assert.ok(!isWarned(jenkinsfile(shallow.replace('shallow: true', 'shallow: false'))));
  assert.ok(!isWarned(jenkinsfile('checkout scmGit(extensions: [cloneOption(depth: 0), submodule(shallow: true)])')));
  assert.ok(!isWarned(jenkinsfile(`// ${shallow}`)));
  assert.ok(!isWarned(jenkinsfile(shallow, 'npm test')));
  assert.ok(!isWarned(jenkinsfile(shallow, 'git fetch --unshallow && node signoff-verify.cjs')));
});

test('a pipeline’s file that leads to a device without end, or out of the repository, is not read', (context) => {
  const elsewhere = folderWith(context, { 'secret.yml': DEPLOY });
  const place = folderWith(context, { '.github/workflows/plain.yml': 'jobs: {}' });
  for (const path of ['.gitlab-ci.yml', 'Jenkinsfile', '.github/workflows/endless.yml']) {
    symlinkSync('/dev/zero', join(place.topLevel, path));
    assert.equal(pipelineFile(place.topLevel, path), undefined);
  }
  assert.deepEqual([...examineGitlab(place), ...examineJenkinsfile(place), ...examineWorkflows(place)], []);
  assert.equal(pipelineFile(place.topLevel, join('..', basename(elsewhere.topLevel), 'secret.yml')), undefined);
  assert.equal(pipelineFile(place.topLevel, '/dev/zero'), undefined);
});
