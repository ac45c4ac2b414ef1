import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freeName } from '../../../src/base/free-name.ts';

const names: readonly (readonly [path: string, taken: readonly string[], free: string])[] = [
  ['/r/Jenkinsfile', [], '/r/Jenkinsfile'],
  ['/r/Jenkinsfile', ['/r/Jenkinsfile'], '/r/Jenkinsfile-2'],
  ['/r/.gitlab-ci.yml', ['/r/.gitlab-ci.yml', '/r/.gitlab-ci-2.yml'], '/r/.gitlab-ci-3.yml'],
  ['/r.d/deploy.sh', ['/r.d/deploy.sh'], '/r.d/deploy-2.sh'],
  ['/a.yml', ['/a.yml'], '/a-2.yml'],
];
for (const [path, taken, free] of names) {
  test(`beside ${taken.join(' and ') || 'nothing'}, ${path} becomes ${free}`, () => {
    assert.equal(
      freeName(path, (each) => taken.includes(each)),
      free,
    );
  });
}
