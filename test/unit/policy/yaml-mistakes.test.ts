import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changed, problemsOf } from './example.ts';

/** What is replaced in the example, by what, and what is then said. */
const MISTAKES: readonly (readonly [string, string, readonly string[]])[] = [
  ['min: 0.80', 'min: .inf', ['29:76 error not-finite: .inf is not a finite number; write one that is.']],
  ['min: 0.80', 'min: .nan', ['29:76 error not-finite: .nan is not a finite number; write one that is.']],
  ['min: 0.80', 'min: -.Inf', ['29:76 error not-finite: -.Inf is not a finite number; write one that is.']],
  ['min: 0.80', 'min: 1e999', ['29:76 error not-finite: 1e999 is not a finite number; write one that is.']],
  [
    'min: 0.80',
    'min: 12345678901234567890',
    ['29:76 error not-exact: 12345678901234567890 is too large to be read exactly; put it in quotes if it is a name.'],
  ],
  ['min: 0.80', 'min: &a 0.8', ['29:76 error yaml-anchor: Anchors such as "&a" are not allowed; remove it.']],
  ['min: 0.80', 'min: *a', ['29:76 error yaml-alias: Aliases such as "*a" are not allowed; write the value out.']],
  ['positive: 1', 'positive: !!str 1', ['17:15 error yaml-tag: Tags such as "!!str" are not allowed; remove it.']],
  ['positive: 1', 'positive: !custom x', ['17:15 error yaml-tag: Tags such as "!custom" are not allowed; remove it.']],
  [
    'min: 0.80',
    'min: 0.9, min: 0.8',
    ['29:81 error duplicate-key: "min" stands here a second time; remove one of the two.'],
  ],
  [
    'version: 1\n',
    '%YAML 1.1\n---\nversion: 1\n',
    ['1:1 error yaml-directive: Directives are not allowed; policies are YAML 1.2. Remove this line.'],
  ],
  ['signoff:', '<<: 1\nsignoff:', ['47:1 error yaml-merge: Merge keys are not allowed; write the keys out.']],
  [
    'signoff:',
    '__proto__: {a: 1}\nsignoff:',
    ['47:1 error yaml-key: "__proto__" is not allowed as a key; choose another name.'],
  ],
  [
    'signoff:',
    'constructor: 1\nsignoff:',
    [
      '47:1 error unknown-key: "constructor" is not a key of the policy; its keys are version, project, model, task, run, datasets, checks, signoff and pipeline.',
    ],
  ],
  ['signoff:', '? [a]\n: 1\nsignoff:', ['47:3 error yaml-key: A key must be plain text.']],
  ['signoff:', ': 1\nsignoff:', ['45:1 error yaml-key: A key is missing here; write its name before the colon.']],
  ['auc: ', '\tauc: ', ['29:3 error yaml-syntax: Indent with spaces, not with a tab.']],
  ['task: binary', 'task: "binary', ['5:1 error yaml-syntax: This is not valid YAML: Missing closing "quote.']],
  [
    '# part',
    '# ‮ part',
    [
      '2:44 error invisible-character: The invisible character U+202E stands here, so the text may not say what it shows; remove it.',
    ],
  ],
  [
    'credit-risk ',
    'credit-risk \u0007',
    [
      '2:10 error bad-name: "credit-risk \u0007" is not a name; use up to 100 letters, digits, ".", "_" and "-", starting with a letter or digit.',
      '2:22 error invisible-character: The invisible character U+0007 stands here, so the text may not say what it shows; remove it.',
    ],
  ],
  [
    'task: binary',
    'task: binary\n---\na: 1',
    ['6:1 error several-documents: A policy is one YAML document; put this one into a file of its own.'],
  ],
];

for (const [from, to, expected] of MISTAKES) {
  test(`YAML that can be read in two ways is refused at its place: ${JSON.stringify(from)} → ${JSON.stringify(to)}`, () => {
    assert.deepEqual(problemsOf(changed(from, to)), expected);
  });
}
