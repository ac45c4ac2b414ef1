import assert from 'node:assert/strict';
import { test } from 'node:test';
import { didYouMean } from '../../../src/policy/did-you-mean.ts';
import { durationMilliseconds } from '../../../src/policy/duration.ts';
import { FAIRNESS_NAMES, fairnessFacts } from '../../../src/policy/fairness-names.ts';
import { binIndex, binLabels } from '../../../src/policy/groups.ts';
import { POLICY_SCHEMA_ID, policyJsonSchema } from '../../../src/policy/json-schema.ts';
import { seatsThatCanBeTaken } from '../../../src/policy/lint/seats.ts';
import { METRIC_NAMES, METRIC_SYNONYMS, metricFacts } from '../../../src/policy/metric-names.ts';
import { CHECK_KINDS } from '../../../src/policy/schema.ts';

test('the nearest word is suggested, and none where nothing is near', () => {
  const words = ['min', 'max', 'max_abs', 'min_rows', 'metric', 'production'];
  assert.equal(didYouMean('min_row', words), 'min_rows');
  assert.equal(didYouMean('minrows', words), 'min_rows');
  assert.equal(didYouMean('metirc', words), 'metric');
  assert.equal(didYouMean('MIN', words), 'min');
  assert.equal(didYouMean('prod', words), 'production');
  assert.equal(didYouMean('colour', words), undefined);
  assert.equal(didYouMean('', words), undefined);
  assert.equal(didYouMean('x'.repeat(10_000), words), undefined);
});

test('edges make half-open bins that hold their lower edge', () => {
  assert.deepEqual(binLabels([25, 45, 65]), ['(-inf,25)', '[25,45)', '[45,65)', '[65,inf)']);
  assert.deepEqual(binLabels([0.5]), ['(-inf,0.5)', '[0.5,inf)']);
  const label = (value: number): string | undefined => binLabels([25, 45])[binIndex([25, 45], value)];
  assert.deepEqual([-1e300, 24.999, 25, 44.999, 45, 1e300].map(label), [
    '(-inf,25)',
    '(-inf,25)',
    '[25,45)',
    '[25,45)',
    '[45,inf)',
    '[45,inf)',
  ]);
});

test('durations are whole hours, days or weeks', () => {
  assert.equal(durationMilliseconds('90d'), 90 * 86_400_000);
  assert.equal(durationMilliseconds('12h'), 12 * 3_600_000);
  assert.equal(durationMilliseconds('2w'), 14 * 86_400_000);
  for (const wrong of ['', '90', 'd', '0d', '-1d', '1.5d', '90 d', '90D', '1d2h', '9999999d']) {
    assert.equal(durationMilliseconds(wrong), undefined, wrong);
  }
});

test('nobody fills two seats', () => {
  assert.equal(seatsThatCanBeTaken([['ana'], ['ana', 'ben']]), 2);
  assert.equal(seatsThatCanBeTaken([['ana', 'ben'], ['ana']]), 2);
  assert.equal(seatsThatCanBeTaken([['ana'], ['ana']]), 1);
  assert.equal(
    seatsThatCanBeTaken([
      ['ana', 'ben'],
      ['ana', 'ben'],
      ['ana', 'ben'],
    ]),
    2,
  );
  assert.equal(seatsThatCanBeTaken([[], ['ana']]), 1);
});

test('every metric says what it means, where it lies and what it reads', () => {
  for (const name of METRIC_NAMES) {
    const { meaning, range, parameters, required } = metricFacts(name);
    assert.match(meaning, /^[A-Z].*\.$/u, name);
    assert.ok(range[0] < range[1], name);
    assert.ok(
      required.every((parameter) => parameters.includes(parameter)),
      name,
    );
  }
  for (const synonym of METRIC_SYNONYMS.keys()) {
    assert.ok(!METRIC_NAMES.includes(synonym as never), synonym);
  }
  for (const name of FAIRNESS_NAMES) {
    const { range, ideal } = fairnessFacts(name);
    assert.ok(range[0] <= ideal && ideal <= range[1], name);
  }
});

test('the JSON Schema knows every kind, describes every key and allows no other', () => {
  const schema = policyJsonSchema();
  assert.equal(schema['$id'], POLICY_SCHEMA_ID);
  assert.equal(schema['$schema'], 'http://json-schema.org/draft-07/schema#');
  const text = JSON.stringify(schema);
  for (const kind of CHECK_KINDS) {
    assert.ok(text.includes(`"const":"${kind}"`), kind);
  }
  let objects = 0;
  visit(schema, (node, path) => {
    const properties = node['properties'];
    if (typeof properties !== 'object' || properties === null || path.endsWith('/properties')) {
      return;
    }
    objects += 1;
    assert.equal(node['additionalProperties'], false, path);
    for (const [key, property] of Object.entries(properties as Record<string, Record<string, unknown>>)) {
      assert.equal(typeof property['description'], 'string', `${path}/${key}`);
    }
  });
  assert.ok(objects > 20);
});

function visit(node: unknown, look: (node: Record<string, unknown>, path: string) => void, path = ''): void {
  if (typeof node !== 'object' || node === null) {
    return;
  }
  look(node as Record<string, unknown>, path);
  for (const [key, child] of Object.entries(node)) {
    visit(child, look, `${path}/${key}`);
  }
}

test('the JSON Schema says of each metric, measure and method what it means', () => {
  let described = 0;
  visit(policyJsonSchema(), ({ enum: words, enumDescriptions: texts }) => {
    if (!Array.isArray(words) || !words.some((word) => ['roc_auc', 'disparate_impact', 'psi'].includes(word))) return;
    described += 1;
    assert.ok(Array.isArray(texts) && texts.length === words.length);
    assert.match(String(texts[0]), /(?:better|alike|drift);/);
  });
  assert.ok(described >= 4);
});
