import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { findRunSource } from '../../../../src/checks/proposal/find-source.ts';
import { proposePolicy } from '../../../../src/checks/proposal/propose-policy.ts';
import { hasErrors, parsePolicy } from '../../../../src/policy/parse.ts';
import { fakeMlflow } from '../../runs/fake-mlflow.ts';

const scratch = mkdtempSync(join(tmpdir(), 'signoff-sources-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

function folderWith(...files: readonly string[]): string {
  const folder = mkdtempSync(join(scratch, 'project-'));
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), '{}');
  }
  return folder;
}

const SERVER = { MLFLOW_TRACKING_URI: 'https://mlflow.example' };

for (const [files, environment, trust, expected] of [
  [['mlflow.db', 'mlruns/0/meta.yaml', 'dvc.yaml'], SERVER, 'trusted', { mlflow: 'mlflow.db' }],
  [['mlruns/0/meta.yaml', 'runs/a/metrics.json'], SERVER, 'trusted', { mlflow: 'mlruns' }],
  [['dvc.yaml', 'runs/a/metrics.json'], SERVER, 'trusted', { dvc: '.' }],
  [['.dvc/config'], {}, 'trusted', { dvc: '.' }],
  [['runs/a/metrics.json'], SERVER, 'trusted', { folder: 'runs' }],
  [['runs/notes.txt'], SERVER, 'trusted', { mlflow: 'https://mlflow.example' }],
  [[], {}, 'trusted', undefined],
  [[], { MLFLOW_TRACKING_URI: 'databricks' }, 'trusted', undefined],
  // Nobody asks git or the network in a folder that nobody trusts.
  [['dvc.yaml'], SERVER, 'untrusted', undefined],
  [['dvc.yaml', 'runs/a/metrics.json'], SERVER, 'untrusted', { folder: 'runs' }],
] as const) {
  test(`${files.join(', ') || 'nothing'} in a folder that is ${trust}, ${JSON.stringify(environment)}: ${JSON.stringify(expected)}`, () => {
    assert.deepEqual(findRunSource(folderWith(...files), { environment, trust }), expected);
  });
}

const EXAMPLE = fileURLToPath(
  new URL('../../../../examples/credit-risk/mlruns/1/7e53ca0da2b64870b39ec10881a3ba2a/artifacts', import.meta.url),
);

test('a server’s runs give a policy with the table among their artifacts', async () => {
  const table = readFileSync(join(EXAMPLE, 'eval/predictions.parquet'));
  const files = { 'eval/predictions.parquet': table, 'model/m.bin': Buffer.from('M') };
  const server = await fakeMlflow({
    '/api/2.0/mlflow/artifacts/list': (_: unknown, response: { end(text: string): void }, url: URL) => {
      const folder = url.searchParams.get('path') ?? '';
      const listed =
        folder === ''
          ? ['eval', 'model'].map((path) => ({ path, is_dir: true }))
          : Object.entries(files)
              .filter(([path]) => path.startsWith(`${folder}/`))
              .map(([path, { length }]) => ({ path, is_dir: false, file_size: String(length) }));
      response.end(JSON.stringify({ files: listed }));
    },
    '/get-artifact': (_: unknown, response: { end(bytes: Uint8Array): void }, url: URL) =>
      response.end(files[url.searchParams.get('path') as keyof typeof files]),
  });
  const address = `${server.origin}/base`;
  const proposal = await proposePolicy({
    folder: folderWith(),
    person: 'ana@acme.example',
    environment: { MLFLOW_TRACKING_URI: address },
    trust: 'trusted',
    surroundings: { cacheFolder: mkdtempSync(join(scratch, 'cache-')) },
  });
  assert.ok(proposal.ok, JSON.stringify(proposal));
  assert.equal(proposal.value.table, 'eval/predictions.parquet');
  const { value: policy, problems } = parsePolicy(proposal.value.text, 'signoff.yaml');
  assert.equal(hasErrors(problems), false, JSON.stringify(problems));
  assert.deepEqual({ ...policy?.run }, { mlflow: address, experiment: 'first' });
  assert.equal(policy?.datasets['holdout']?.path, 'run:eval/predictions.parquet');
  assert.ok(policy?.checks['roc-auc'] !== undefined);
  assert.ok(!server.asked.some(({ url }) => url.includes('m.bin')), 'only tables are fetched');
});

test('a folder of plain runs gives a policy', async () => {
  const folder = folderWith();
  for (const name of ['first', 'second']) {
    mkdirSync(join(folder, 'runs', name), { recursive: true });
    writeFileSync(join(folder, 'runs', name, 'metrics.json'), '{"auc": 0.9}');
  }
  const proposal = await proposePolicy({ folder, person: 'a@b.example', environment: {}, trust: 'untrusted' });
  assert.ok(proposal.ok, JSON.stringify(proposal));
  const { value: policy, problems } = parsePolicy(proposal.value.text, 'signoff.yaml');
  assert.equal(hasErrors(problems), false, JSON.stringify(problems));
  assert.deepEqual({ ...policy?.run }, { folder: 'runs' });
});
