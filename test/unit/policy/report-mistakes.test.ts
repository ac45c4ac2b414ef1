import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changed, problemsOf } from './example.ts';

const GX = 'format: great-expectations';

/** What stands in the place of the example’s format, and what is then said. */
const MISTAKES: readonly (readonly [string, readonly RegExp[]])[] = [
  ['format: junit', []],
  ['format: classification-report, value: accuracy, min: 0.8', []],
  ['format: classification-report, value: [1, recall], min: 0.8', []],
  ['format: aif360, max_abs: 0.1', []],
  ['format: model-signing, key: keys/model.pub, unsigned: [docs]', []],
  ['format: fairlearn, value: recall', [/no-bound: "gx" has no bound/]],
  ['format: kfp, min: 1', [/no-metric: "gx" names no number of the file; add "value"/]],
  ['format: kfp, value: a, min: 2, max: 1', [/min-above-max/]],
  ['format: junit, min: 1', [/no-effect: "min" has no effect with junit/]],
  ['format: junit, value: a', [/no-effect: "value"/]],
  ['format: kfp, value: a, min: 1, key: k.pub', [/no-effect: "key" has no effect with kfp/]],
  ['format: model-signing', [/missing-key: "gx" trusts nobody’s signature/]],
  ['format: model-signing, key: "run:model.pub"', [/bad-path: "key" is among the run’s artifacts/]],
  ['format: model-signing, key: /etc/key.pub', [/absolute-path/]],
  ['format: model-signing, key: k.pub, max: 1', [/no-effect: "max" has no effect with model-signing/]],
  ['format: model-signing, key: k.pub, unsigned: [a, a]', [/duplicate-item/]],
  ['format: kfp, value: [], min: 1', [/value/]],
];

for (const [written, expected] of MISTAKES) {
  test(`a report check with \`${written}\` has ${expected.length} problems`, () => {
    const found = problemsOf(changed(GX, written));
    assert.equal(found.length, expected.length, found.join('\n'));
    for (const [index, message] of expected.entries()) assert.match(found[index] ?? '', message);
  });
}
