import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeBase64, encodeBase64 } from '../../../src/approval/base64.ts';

test('reads what it writes', () => {
  for (let length = 0; length < 50; length++) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 37) & 255);
    assert.deepEqual(decodeBase64(encodeBase64(bytes)), Buffer.from(bytes));
  }
});

for (const text of [
  'aGVsbG8',
  'aGVs\nbG8=',
  'aGVsbG9=',
  'a!G@V#sbG8=',
  'aGVsbG8==',
  ' aGVsbG8=',
  'aGVsbG8=\n',
  '-_-_',
  '====',
]) {
  test(`refuses ${JSON.stringify(text)}, which Node would read`, () => assert.equal(decodeBase64(text), undefined));
}
