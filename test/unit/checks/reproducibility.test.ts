import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readDockerfile } from '../../../src/evidence/pinned-dockerfile.ts';
import { isPinned, isPinnedConda, readRequirements } from '../../../src/evidence/pinned-requirements.ts';
import { reachability } from '../../../src/git/reachable.ts';
import { openRepository } from '../../../src/git/repository.ts';
import type { ReproducibilityCheck } from '../../../src/policy/schema.ts';
import { type EvidenceCase, outcomeWith } from './support/evidence-case.ts';

type Required = ReproducibilityCheck['require'];

async function judged(require: Required, made: EvidenceCase = {}) {
  return outcomeWith({ check: 'reproducibility', require }, made);
}

const COMMIT = 'c5472f2bc4a6ad62f3037135d923eb3949b26694';
const MLMODEL = `
saved_input_example_info: { artifact_path: input_example.json }
signature:
  inputs: '[{"type": "double", "name": "age"}]'
`;
const MODEL = {
  MLmodel: MLMODEL,
  'input_example.json': '{}',
  'requirements.txt': 'numpy==2.4.6\nscikit-learn==1.9.1  # pinned\n',
  'conda.yaml': 'dependencies:\n- python=3.11.7\n- pip<=23.2.1\n- pip:\n  - numpy==2.4.6\n',
  'python_env.yaml': 'python: 3.11.7\nbuild_dependencies:\n- wheel\ndependencies:\n- -r requirements.txt\n',
};

test('a run that recorded everything passes, part by part', async () => {
  const require: Required = [
    'git_commit',
    'clean_tree',
    'pinned_environment',
    'signature',
    'input_example',
    'dataset_digests',
    'parameters',
    'seed',
  ];
  const outcome = await judged(require, {
    model: MODEL,
    run: {
      tags: new Map([
        ['mlflow.source.git.commit', COMMIT],
        ['mlflow.source.git.dirty', 'false'],
      ]),
      params: new Map([['random_state', '7']]),
      inputs: [{ name: 'train', digest: 'abc', context: undefined }],
    },
  });
  assert.equal(outcome.status, 'pass', outcome.message);
  assert.deepEqual(
    outcome.parts?.map(({ name }) => name),
    require,
  );
  assert.ok(outcome.evidence.some(({ path }) => path.endsWith('MLmodel')));
});

function tags(...entries: [string, string][]): EvidenceCase {
  return { run: { tags: new Map(entries) } };
}

const WANTING: readonly (readonly [Required[number], string, EvidenceCase, RegExp])[] = [
  ['git_commit', 'fail', {}, /did not record the commit/],
  ['git_commit', 'fail', tags(['mlflow.source.git.commit', 'c5472f2']), /no full commit id/],
  ['clean_tree', 'fail', tags(['mlflow.source.git.dirty', 'true']), /not committed/],
  ['clean_tree', 'fail', {}, /did not record whether/],
  ['clean_tree', 'not_evaluable', tags(['mlflow.source.git.dirty', 'perhaps']), /“perhaps”/],
  ['reachable_commit', 'fail', {}, /no commit/],
  ['reachable_commit', 'not_evaluable', tags(['mlflow.source.git.commit', COMMIT]), /no git repository/],
  ['dataset_digests', 'fail', {}, /no data set/],
  [
    'dataset_digests',
    'fail',
    { run: { inputs: [{ name: 'train', digest: ' ', context: undefined }] } },
    /no digest of “train”/,
  ],
  ['parameters', 'fail', {}, /no parameter/],
  [
    'seed',
    'fail',
    {
      run: {
        params: new Map([
          ['seeded', '1'],
          ['depth', '3'],
        ]),
      },
    },
    /no seed/,
  ],
  [
    'seed',
    'fail',
    { run: { params: new Map([['model__random_state', 'None']]) } },
    /“None”, which fixes no randomness/,
  ],
  ['signature', 'fail', { model: { 'model.bin': 'x' } }, /no MLmodel/],
  ['signature', 'fail', { model: { MLmodel: 'flavors: {}\n' } }, /no signature/],
  ['signature', 'fail', { model: { MLmodel: "signature: { inputs: '[]' }\n" } }, /no signature/],
  ['signature', 'not_evaluable', { model: { MLmodel: 'a: [' } }, /not YAML/],
  ['signature', 'not_evaluable', { model: { MLmodel: `${'['.repeat(50_000)}` } }, /not YAML/],
  ['signature', 'not_evaluable', {}, /logged no model/],
  ['input_example', 'fail', { model: { MLmodel: 'flavors: {}\n' } }, /no input example/],
  ['input_example', 'fail', { model: { MLmodel: MLMODEL } }, /is not there/],
  ['input_example', 'fail', { model: { MLmodel: MLMODEL, 'input_example.json': '' } }, /empty/],
  [
    'input_example',
    'fail',
    { model: { MLmodel: MLMODEL.replace('input_example.json', '../../x'), 'input_example.json': '{}' } },
    /not there/,
  ],
  ['pinned_environment', 'not_evaluable', {}, /logged no model/],
  ['pinned_environment', 'fail', { model: { 'model.bin': 'x' } }, /recorded no environment/],
  [
    'pinned_environment',
    'fail',
    { model: { ...MODEL, 'requirements.txt': 'numpy>=2\npandas\n' } },
    /“numpy>=2” and “pandas” in requirements.txt/,
  ],
  [
    'pinned_environment',
    'fail',
    { model: { ...MODEL, 'conda.yaml': 'dependencies:\n- python=3.11\n' } },
    /“python=3.11” in conda.yaml/,
  ],
  [
    'pinned_environment',
    'fail',
    { model: { ...MODEL, 'python_env.yaml': 'python: "3.11"\n' } },
    /“python 3.11” in python_env.yaml/,
  ],
  ['pinned_environment', 'fail', { model: { 'requirements.txt': '# nothing\n' } }, /without any package/],
  [
    'pinned_environment',
    'fail',
    { model: MODEL, artifacts: { Dockerfile: 'FROM python:3.11\n' } },
    /“python:3.11” in Dockerfile/,
  ],
  [
    'pinned_environment',
    'not_evaluable',
    { model: { ...MODEL, 'conda.yaml': 'name: x\n' } },
    /no list of dependencies/,
  ],
  [
    'pinned_environment',
    'not_evaluable',
    { model: { 'requirements.txt': '-r ../../other.txt\n' } },
    /not among the model’s files/,
  ],
];

for (const [requirement, status, made, message] of WANTING) {
  test(`${requirement} is ${status}: ${message.source}`, async () => {
    const outcome = await judged([requirement], made);
    assert.equal(outcome.status, status, outcome.message);
    assert.match(outcome.message, message);
  });
}

test('requirement files that are taken in are read, in a circle only once', async () => {
  const circle = { 'requirements.txt': '-r base.txt\nnumpy==2.4.6\n', 'base.txt': '-r requirements.txt\npandas\n' };
  const outcome = await judged(['pinned_environment'], { model: circle });
  assert.equal(outcome.status, 'fail');
  assert.match(outcome.message, /“pandas” in base.txt/);
});

test('pinned is one version, a digest or a full commit', () => {
  const pinned = [
    'numpy==2.4.6',
    'scikit-learn [extra] == 1.9.1',
    'a===1',
    'a==1.0; python_version < "3"',
    'a==1 --hash=sha256:00',
    'pip',
    'setuptools>=1',
    `a @ https://x/y.whl#sha256=${'0'.repeat(64)}`,
    `-e git+https://x/y@${'a'.repeat(40)}#egg=y`,
    `git+https://x/y@${'a'.repeat(40)}`,
  ];
  const open = [
    'numpy',
    'numpy>=2',
    'numpy==2.*',
    'numpy==2,!=3',
    'numpy~=2.0',
    'a @ https://x/y.whl',
    'git+https://x/y@main',
    '-e .',
    './local.whl',
    'pip-tools',
    '==1',
    'a==',
    `a @ https://x/y?sha256=${'0'.repeat(64)}`,
  ];
  for (const line of pinned) assert.ok(isPinned(line), line);
  for (const line of open) assert.ok(!isPinned(line), line);
  for (const line of [
    'python=3.11.7',
    'numpy==2.4.6',
    'numpy=2.4.6=py311_0',
    'conda-forge::numpy=2.4.6',
    'pip<=23.2.1',
  ])
    assert.ok(isPinnedConda(line), line);
  for (const line of ['python', 'python=3.11', 'numpy>=2.4.6', 'numpy=2.4.*', 'pipx'])
    assert.ok(!isPinnedConda(line), line);
});

test('options, comments and continued lines are no requirements', () => {
  const { packages, open } = readRequirements(
    '--index-url https://x\n# a\nnumpy==2.4.6 \\\n  --hash=sha256:00\n\npandas==3.1.1 # b\n',
  );
  assert.equal(packages, 2);
  assert.deepEqual(open, []);
});

test('an image is pinned by its digest, and an earlier stage is known', () => {
  const digest = `python@sha256:${'a'.repeat(64)}`;
  assert.deepEqual(
    readDockerfile(`FROM --platform=linux/amd64 ${digest} AS build\nFROM build\nFROM scratch\n`).open,
    [],
  );
  const variable = `${'{BASE}'}`;
  assert.deepEqual(readDockerfile(`from python:3.11 as a\nFROM ${variable}\nFROM a\n`).open, ['python:3.11', variable]);
});

test('a commit is reachable from what is checked out, from a branch or a tag, and from nothing else', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'model-signoff-reachable-'));
  const git = (...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.example', ...words], {
      cwd: folder,
      encoding: 'utf8',
    }).trim();
  const commit = (name: string) => {
    writeFileSync(join(folder, name), name);
    git('add', name);
    git('commit', '-q', '-m', name);
    return git('rev-parse', 'HEAD');
  };
  try {
    git('init', '-q', '-b', 'main');
    const first = commit('first');
    git('checkout', '-q', '-b', 'side');
    const onSide = commit('side');
    git('checkout', '-q', 'main');
    git('checkout', '-q', '--detach');
    const dangling = commit('dangling');
    git('checkout', '-q', 'main');
    const repository = await openRepository(folder);
    assert.ok(repository.ok);
    assert.equal(await reachability(repository.value, first), 'reachable');
    assert.equal(await reachability(repository.value, onSide), 'reachable');
    assert.equal(await reachability(repository.value, dangling), 'unreachable');
    assert.equal(await reachability(repository.value, 'f'.repeat(40)), 'unreachable');
    assert.equal(await reachability({ ...repository.value, shallow: true }, 'f'.repeat(40)), 'unknown');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a Dockerfile is open where it copies from a tag, or installs what it does not pin', () => {
  const from = `FROM python@sha256:${'a'.repeat(64)}\n`;
  const open: readonly (readonly [string, readonly string[]])[] = [
    ['COPY --from=nginx:latest /x /x', ['nginx:latest']],
    ['RUN --mount=type=bind,from=tools:1,target=/t make', ['tools:1']],
    ['RUN pip install --no-cache-dir numpy "pandas>=2" scipy==1.14.1 && ls', ['numpy', 'pandas>=2']],
    ['RUN python -m pip install -q \\\n  scikit-learn', ['scikit-learn']],
    ['RUN ["pip3", "install", "mlflow"]', ['mlflow']],
    ['RUN pip install git+https://github.com/a/b@main', ['git+https://github.com/a/b@main']],
    // What honest files say.
    ['RUN pip install --upgrade pip && pip install --no-cache-dir -r requirements.txt', []],
    ['RUN pip install --index-url https://pypi.acme.example/simple numpy==1.26.4 .', []],
    ['RUN pip install -e . -t /opt/lib ./wheels/own-1.0-py3-none-any.whl', []],
    ['RUN pip install uv && uv pip install --system -r requirements.txt', []],
    ['COPY --from=0 /x /x', []],
    [`COPY --from=nginx@sha256:${'b'.repeat(64)} /x /x`, []],
    ['COPY requirements.txt /app/', []],
    ['# RUN pip install numpy', []],
  ];
  for (const [line, expected] of open) assert.deepEqual(readDockerfile(`${from}${line}\n`).open, expected, line);
  const staged = `${from.trim()} AS build\nRUN make\n${from}COPY --from=build /x /x\n`;
  assert.deepEqual(readDockerfile(staged).open, []);
});
