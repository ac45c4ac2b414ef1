import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { environmentPackages } from '../../../src/evidence/environment-packages.ts';

const folder = mkdtempSync(join(tmpdir(), 'model-signoff-packages-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('packages are what the files beside a model ask for, under the names that pip compares', async () => {
  const files = {
    'requirements.txt':
      'Scikit_Learn==1.9.1  # pinned\nnumpy>=2\npandas\n--no-binary :all:\nx @ https://a.example/x.whl\n',
    'python_env.yaml': 'python: 3.11.7\nbuild_dependencies: [pip]\ndependencies: [-r requirements.txt]\n',
    'conda.yaml': 'dependencies:\n- python=3.11.7\n- conda-forge::libblas=3.9\n- pip:\n  - mlflow==3.17.2\n',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  assert.deepEqual(Object.fromEntries(await environmentPackages(folder, folder, undefined)), {
    python: '3.11.7',
    libblas: '3.9',
    mlflow: '3.17.2',
    'scikit-learn': '1.9.1',
    numpy: '>=2',
    pandas: '',
    x: '@ https://a.example/x.whl',
  });
});

test('a file that can’t be understood says nothing', async () => {
  writeFileSync(join(folder, 'conda.yaml'), ': : :');
  writeFileSync(join(folder, 'requirements.txt'), '');
  writeFileSync(join(folder, 'python_env.yaml'), '[]');
  assert.equal((await environmentPackages(folder, folder, undefined)).size, 0);
});
