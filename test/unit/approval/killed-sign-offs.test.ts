import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeDemoProject } from './support/demo-project.ts';
import { killSignOffs } from './support/kill-sign-offs.ts';

test('six sign-offs killed at random moments: sound repositories, the user’s work untouched, none lost, none doubled', async (context) => {
  const { kills } = await killSignOffs(makeDemoProject(context), 6, Math.random);
  assert.equal(kills, 6);
});
