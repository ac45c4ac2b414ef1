// What Red Hat's YAML extension says of typical mistakes, by the schema that the manifest gives it, beside what we say:
// what we leave to it, it must find in the same line; what we keep, it must not.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { yamlLanguageServer } from '../../scripts/lib/yaml-language-server.ts';
import { isFoundBySchema } from '../../src/extension/language/found-by-neighbour.ts';
import { policyJsonSchema } from '../../src/policy/json-schema.ts';
import { diagnose } from '../../src/policy/language/diagnostics.ts';
import { documentOf, nothingKnown, policyWith } from '../unit/policy/language/marked.ts';

const server = yamlLanguageServer(policyJsonSchema());
const skip = server === undefined ? 'npm can’t be reached' : false;

/** A policy with one check. */
const check = (rest: string): string => policyWith(`auc: { check: metric, dataset: holdout, ${rest} }`);
const GOOD = check('metric: roc_auc, min: 0.8');
/** The same with one place of the rest changed. */
const elsewhere = (from: string, to: string): string => {
  assert.ok(GOOD.includes(from), from);
  return GOOD.replace(from, () => to);
};

/** Name, text, the codes that we leave to the other, and those that we keep. */
const mistakes: readonly (readonly [name: string, text: string, left: string, kept: string])[] = [
  ['none', GOOD, '', ''],
  ['a key that a check does not have', check('metric: roc_auc, min: 0.8, mim: 1'), 'unknown-key', ''],
  ['a key that the policy does not have', `${GOOD}signof: 1\n`, 'unknown-key', ''],
  ['an unknown kind', elsewhere('check: metric', 'check: metrc'), 'unknown-kind', ''],
  ['no kind', elsewhere('check: metric, ', ''), 'missing-key', ''],
  ['an unknown metric', check('metric: roc_auk, min: 0.8'), 'unknown-value', ''],
  ['a text for a number', check('metric: roc_auc, min: high'), 'wrong-type', ''],
  ['a number for a text', elsewhere('project: credit-risk', 'project: 17'), 'wrong-type', ''],
  ['yes for true', elsewhere('{ data-science: 1 } }', '{ data-science: 1 }, automatic: yes }'), 'wrong-type', ''],
  ['a share above one', check('metric: roc_auc, min: 0.8, confidence: 95'), 'out-of-range', ''],
  ['a key left out', elsewhere('task: binary\n', ''), 'missing-key', ''],
  ['another version', elsewhere('version: 1', 'version: 2'), 'wrong-version', ''],
  ['a quorum of nobody', elsewhere('{ data-science: 1 }', '{ data-science: 0 }'), 'out-of-range', ''],
  ['a text for a list', elsewhere('[ana@acme.example]', 'ana@acme.example'), 'wrong-type', ''],
  ['two sources of runs', elsewhere('mlflow: mlflow.db', 'mlflow: mlflow.db, folder: runs'), 'run-source', ''],
  ['a name with blanks', elsewhere('  auc:', '  my auc:'), 'bad-name', ''],
  ['a check without anything', policyWith('auc:'), 'wrong-type', ''],
  ['an unknown key of a pipeline', `${GOOD}pipeline: { production: { on_aproved: {} } }\n`, 'unknown-key', ''],
  ['a check twice', elsewhere('  auc:', '  auc: {}\n  auc:'), 'duplicate-key missing-key', ''],
  ['a brace that is not closed', GOOD.replace(' }\nsignoff', '\nsignoff'), 'yaml-syntax', ''],
  ['a tab', elsewhere('  waivers', '\twaivers'), 'yaml-syntax', ''],
  ['no bound', check('metric: roc_auc'), '', 'no-bound'],
  ['two ways to bound', check('metric: roc_auc, min: 0.8, max_abs: 1'), '', 'mixed-bounds'],
  ['a bound above the other', check('metric: roc_auc, min: 0.8, max: 0.2'), '', 'min-above-max'],
  ['a bound that never holds', check('metric: roc_auc, min: 1.2'), '', 'never-holds'],
  ['a number that is none', check('metric: roc_auc, min: .nan'), '', 'not-finite'],
  ['an unknown data set', elsewhere('dataset: holdout', 'dataset: holdot'), '', 'unknown-data-set'],
  ['an unknown group', check('metric: roc_auc, by: sexx, min: 0.8'), '', 'unknown-group'],
  ['an unknown role', elsewhere('risk: 1', 'legal: 1'), '', 'unknown-role'],
  ['a quorum larger than its people', elsewhere('{ data-science: 1 }', '{ data-science: 3 }'), '', 'too-few-people'],
  [
    'the pipeline of nowhere',
    `${GOOD}pipeline: { prod: { on_approved: { git_tag: {} } } }\n`,
    '',
    'unknown-environment',
  ],
  ['an alias', policyWith('auc: &a { check: attestation, text: x }\nb: *a'), '', 'yaml-alias yaml-anchor'],
  ['a directive', `%YAML 1.1\n---\n${GOOD}`, '', 'yaml-directive'],
  ['a tag of YAML’s own', check('metric: !!str roc_auc, min: 0.8'), '', 'yaml-tag'],
];

describe('a mistake in a policy is told once beside the YAML extension', { skip }, () => {
  before(() => assert.ok(server));
  for (const [name, text, left, kept] of mistakes) {
    test(`${name}: left to it are ${left || 'none'}, kept are ${kept || 'none'}`, async () => {
      const ours = diagnose(documentOf(text), nothingKnown).map((each) => ({
        ...each,
        line: text.slice(0, each.range.offset).split('\n').length,
      }));
      const theirs = (await server?.validate(text)) ?? [];
      const theirLines = new Set(theirs.map(({ line }) => line));
      const codes = (of: typeof ours): string => [...new Set(of.map(({ code }) => code))].sort().join(' ');
      const leftToIt = ours.filter(isFoundBySchema);
      const keptHere = ours.filter((each) => !isFoundBySchema(each));
      assert.deepEqual([codes(leftToIt), codes(keptHere)], [left, kept]);
      for (const { code, line } of leftToIt)
        assert.ok(theirLines.has(line), `${code} in line ${line} is told by nobody`);
      for (const { code, line } of keptHere) assert.ok(!theirLines.has(line), `${code} in line ${line} is told twice`);
      // What it finds and we have nothing against would be a schema that says other than the program.
      if (ours.length === 0) assert.deepEqual(theirs, []);
    });
  }

  // It knows YAML's own tags, and a setting may make it know others: whoever left tags to it would sometimes be told nothing.
  test('but a foreign tag, which it finds as long as no setting names it', async () => {
    const text = check('metric: !mine roc_auc, min: 0.8');
    assert.match((await server?.validate(text))?.[0]?.message ?? '', /Unresolved tag: !mine/);
    const kept = diagnose(documentOf(text), nothingKnown).filter((each) => !isFoundBySchema(each));
    assert.deepEqual(
      kept.map(({ code }) => code),
      ['yaml-tag'],
    );
  });
});
