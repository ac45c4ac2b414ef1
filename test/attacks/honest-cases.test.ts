import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { ask } from './support/ask.ts';
import { buildRepositories } from './support/build-repositories.ts';
import { loadHonestCases } from './support/load-cases.ts';

const cases = await loadHonestCases();
const built = buildRepositories(cases.map(({ recipe }) => recipe));
after(built.remove);

describe('approved', { concurrency: 4 }, () => {
  for (const [index, { name, recipe }] of cases.entries()) {
    test(name, async () => {
      const answer = await ask(recipe, built.folders[index] ?? '');
      assert.ok(answer.ok, JSON.stringify(answer));
      assert.deepEqual(answer.value.reasons, []);
      assert.equal(answer.value.approved, true);
    });
  }
});

test('there are at least twenty honest cases', () => {
  assert.ok(cases.length >= 20, `${cases.length}`);
});
