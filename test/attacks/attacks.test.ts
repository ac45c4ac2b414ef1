import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { ask, codesOf } from './support/ask.ts';
import { buildRepositories } from './support/build-repositories.ts';
import { loadAttacks } from './support/load-cases.ts';

/** Each row of the attack table is a folder, and each file in it one attack. */
const attacks = await loadAttacks();
const built = buildRepositories(attacks.map(({ attack }) => attack.recipe));
after(built.remove);

describe('refused', { concurrency: 4 }, () => {
  for (const [index, { name, attack }] of attacks.entries()) {
    test(`${name} (${attack.code})`, async () => {
      const answer = await ask(attack.recipe, built.folders[index] ?? '');
      assert.ok(!(answer.ok && answer.value.approved), 'it was approved');
      assert.ok(codesOf(answer).includes(attack.code), `${attack.code} is not in ${JSON.stringify(answer, null, 2)}`);
    });
  }
});

test('there are at least sixty attacks', () => {
  assert.ok(attacks.length >= 60, `${attacks.length}`);
});
