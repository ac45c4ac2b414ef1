import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Answer, Place } from '../../../src/extension/prompts/prompts.ts';
import { runSteps, type Step } from '../../../src/extension/prompts/steps.ts';

type Words = readonly string[];

/** A step that answers from a script, and notes where it stood. */
function scripted(id: string, script: Answer<string>['kind'][], places: Place[]): Step<Words> {
  return {
    id,
    ask: async (words, place) => {
      places.push(place);
      const kind = script.shift() ?? 'given';
      return kind === 'given' ? { kind, value: [...words, id] } : { kind };
    },
  };
}

describe('a flow of steps', () => {
  test('asks one after another and tells each where it stands', async () => {
    const places: Place[] = [];
    const steps = [scripted('a', [], places), scripted('b', [], places)];
    assert.deepEqual(await runSteps<Words>([], () => steps), ['a', 'b']);
    assert.deepEqual(places, [
      { step: 1, of: 2, back: 'none' },
      { step: 2, of: 2, back: 'offered' },
    ]);
  });

  test('goes back to the state in which the earlier question was asked', async () => {
    const places: Place[] = [];
    const steps = [scripted('a', [], places), scripted('b', ['back'], places)];
    assert.deepEqual(await runSteps<Words>([], () => steps), ['a', 'b']);
    assert.deepEqual(
      places.map(({ step }) => step),
      [1, 2, 1, 2],
    );
  });

  test('plans anew after each answer, so that an answer can bring more questions', async () => {
    const places: Place[] = [];
    const plan = (words: Words): Step<Words>[] =>
      words.includes('a') ? [scripted('a', [], places), scripted('b', [], places)] : [scripted('a', [], places)];
    assert.deepEqual(await runSteps<Words>([], plan), ['a', 'b']);
  });

  test('gives nothing once it is cancelled', async () => {
    assert.equal(await runSteps<Words>([], () => [scripted('a', ['cancelled'], [])]), undefined);
  });
});
