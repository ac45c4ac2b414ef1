import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareWithSshKeygen } from './support/compare-with-ssh-keygen.ts';

/** `node test/bench/ssh-keygen-agreement.ts 10000` is the long run. */
test('stock ssh-keygen agrees on hundreds of signatures, made well and badly', async (context) => {
  const { disagreements, acceptedByBoth, refusedByBoth, stricter } = await compareWithSshKeygen(250, 20260615);
  assert.deepEqual(disagreements, []);
  assert.ok(acceptedByBoth >= 10, `${acceptedByBoth} accepted`);
  assert.ok(refusedByBoth >= 100, `${refusedByBoth} refused`);
  context.diagnostic(
    `${acceptedByBoth} accepted, ${refusedByBoth} refused, stricter: ${[...stricter.keys()].join(', ')}`,
  );
});
