import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAlias, isMap, isScalar, isSeq, type Node } from 'yaml';
import { examinePolicy } from '../../../../src/policy/parse.ts';
import { isSound, readYamlAgain } from '../../../../src/policy/yaml/read-again.ts';
import { readYaml, type YamlReading } from '../../../../src/policy/yaml/read-yaml.ts';
import { EXAMPLE } from '../example.ts';
import { randomTyping } from './edited-texts.ts';

const EDITS = Number(process.env['EDITS'] ?? 120);
const SEED = Number(process.env['SEED'] ?? 7);

const BLOCKS = `# What must hold.
version: 1
run: { mlflow: mlruns }

datasets:
    holdout:
        path: "run:a.csv"
        label: y        # the truth
    training:
        path: b.csv
checks:
  # Performance
  auc:
    check: metric
    min: 0.8
    why: |
      Below it
        nothing is gained.

  recall: { check: metric,
            by: [a, b], min: 0.7 }
  'loss':
    check: metric
    why: one
      two
    refs:
    - a
    - b: 1

  # The end.
  dpia:
    check: attestation
    text: >-
      On file.
signoff:
  roles:
    risk: [a@b.c, d@e.f]
  waivers:
    role: risk
`;

const POLICIES = { example: EXAMPLE, blocks: BLOCKS, 'Windows lines': BLOCKS.replaceAll('\n', '\r\n') };

for (const [name, policy] of Object.entries(POLICIES)) {
  test(`whatever is typed into the policy "${name}", reading it again gives what reading it anew gives`, () => {
    const type = randomTyping(SEED);
    let sound = { text: policy, reading: readYaml(policy) };
    let text = policy;
    let reused = 0;
    for (let edit = 0; edit < EDITS; edit += 1) {
      // Mistakes are undone after a while, and everything now and then.
      if (edit % 5 === 0) text = sound.text;
      if (edit % 50 === 0) text = policy;
      text = type(text);
      const anew = readYaml(text);
      const again = readYamlAgain(text, sound);
      assert.deepEqual(described(again), described(anew), `${sound.text}\n=>\n${text}`);
      reused += sharesNodes(sound.reading, again) ? 1 : 0;
      // A tree that was put together is changed again, for as long as it can be.
      if (isSound(again)) sound = { text, reading: again };
    }
    assert.ok(reused > EDITS / 8, `only ${reused} of ${EDITS} texts were read in part`);
  });
}

test('problems after a change are those of the whole text', () => {
  const type = randomTyping(3);
  const before = { text: EXAMPLE, reading: readYaml(EXAMPLE) };
  for (let edit = 0; edit < 40; edit += 1) {
    const text = type(EXAMPLE);
    const [again, anew] = [examinePolicy(text, 'signoff.yaml', before), examinePolicy(text, 'signoff.yaml')];
    assert.deepEqual([again.problems, again.value], [anew.problems, anew.value], text);
  }
});

test('while a key is typed the other checks are not read again, but after an open quote or bracket they are', () => {
  const before = { text: BLOCKS, reading: readYaml(BLOCKS) };
  for (const typed of ['    no\n', '    note: [a\n', '    note: "a\n', '    note:\n']) {
    const text = BLOCKS.replace('    min: 0.8\n', `${typed}    min: 0.8\n`);
    const again = readYamlAgain(text, before);
    assert.equal(sharesNodes(before.reading, again), !/[["]/u.test(typed), typed);
  }
});

test('the reading before a change stays as it was', () => {
  const reading = readYaml(BLOCKS);
  readYamlAgain(BLOCKS.replace('min: 0.8', 'min: 0.85'), { text: BLOCKS, reading });
  assert.deepEqual(described(reading), described(readYaml(BLOCKS)));
});

/** Everything that is asked of a tree and its problems. */
function described({ root, sketch, problems, extent }: YamlReading): unknown {
  return {
    extent,
    root: root === undefined ? 'none' : 'there',
    sketch: sketch === undefined ? 'none' : describedNode(sketch),
    problems: problems.toSorted((one, other) => one.start - other.start),
  };
}

function describedNode(node: unknown): unknown {
  if (isScalar(node)) return { value: node.value, source: node.source, type: node.type, range: node.range };
  if (isAlias(node)) return { alias: node.source, range: node.range };
  if (isSeq(node)) return { flow: node.flow, range: node.range, items: node.items.map(describedNode) };
  if (!isMap(node)) return null;
  const items = node.items.map(({ key, value }) => [describedNode(key), describedNode(value)]);
  return { flow: node.flow, range: node.range, items };
}

function sharesNodes(before: YamlReading, now: YamlReading): boolean {
  const nodes = new Set(keysOf(before.sketch));
  return keysOf(now.sketch).some((key) => nodes.has(key));
}

function keysOf(node: unknown): readonly Node[] {
  return isMap<Node, Node>(node) ? node.items.flatMap(({ key, value }) => [key, ...keysOf(value)]) : [];
}
