import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { FAIRNESS_NAMES, type FairnessName } from '../../src/policy/fairness-names.ts';
import { fairnessOn } from '../unit/checks/support/fairness-rows.ts';
import { jsonFromPython, withoutPeers } from './run-python.ts';

type Signed = (typeof SIGNED)[number];

interface Case {
  readonly group: readonly number[];
  readonly labels: readonly number[];
  readonly scores: readonly number[];
  readonly predictions: readonly number[];
  readonly weights: readonly number[] | null;
  /** null where Fairlearn says NaN or infinity; absent where it throws. */
  readonly fairlearn: Readonly<Record<string, number | null>>;
  readonly aif360: { readonly theil_index: number } & Readonly<Record<Signed, Readonly<Record<string, number | null>>>>;
}

const SIGNED = [
  'statistical_parity_difference',
  'disparate_impact',
  'equal_opportunity_difference',
  'average_odds_difference',
  'average_abs_odds_difference',
] as const;

interface Reference {
  readonly peers: Readonly<Record<string, string>>;
  readonly cases: readonly Case[];
}

const LEAST_TABLES = 100;
const ANY = { min: -1e300, max: 1e300 };
/** Bounds that no pair but an equal one holds, so that the worst pair speaks for the check. */
const NONE = { difference: { max: 0 }, ratio: { min: 1 } };

const reference = withoutPeers ? undefined : (jsonFromPython('fairness.py') as Reference);

test('every spread equals Fairlearn’s on generated tables', { skip: withoutPeers }, async (context) => {
  const counts = { compared: 0, undefined: 0 };
  for (const [index, given] of casesOf(context).entries()) {
    for (const [name, theirs] of Object.entries(given.fairlearn)) {
      const bound = name.endsWith('_ratio') ? NONE.ratio : NONE.difference;
      const found = await fairnessOn(rowsOf(given), { metric: fairnessName(name), group: 'sex', ...bound });
      if (found.parts?.some(({ status }) => status === 'not_evaluable')) {
        // Fairlearn takes scikit-learn's 0 for a group's 0/0, and leaves out a ratio of 0 and 0.
        assert.ok(hasEmptyDenominator(given) || name.endsWith('_ratio'), `${name}, table ${index}`);
        counts.undefined += 1;
        continue;
      }
      assertNear(found.value, theirs, `${name}, table ${index}`);
      counts.compared += 1;
    }
  }
  context.diagnostic(`${counts.compared} numbers, ${counts.undefined} not evaluable`);
  assert.ok(counts.compared > 2000);
});

test('every signed measure equals AIF360’s on generated tables', { skip: withoutPeers }, async (context) => {
  const counts = { compared: 0, undefined: 0 };
  for (const [index, given] of casesOf(context).entries()) {
    const privileged = Math.min(...given.group);
    const declared = { groups: { sex: { privileged } } };
    for (const name of SIGNED) {
      const byGroup = given.aif360[name];
      const check = { metric: name, group: 'sex', ...ANY };
      const found = await fairnessOn(rowsOf(given), check, declared);
      assert.equal(found.parts?.length, Object.keys(byGroup).length);
      for (const part of found.parts ?? []) {
        const theirs = byGroup[part.name.split(' vs ')[0] ?? ''];
        if (part.status === 'not_evaluable') {
          assert.ok(theirs === null || hasEmptyDenominator(given), `${name}, table ${index}, ${part.name}`);
          counts.undefined += 1;
          continue;
        }
        assertNear(part.value, theirs ?? null, `${name}, table ${index}, ${part.name}`);
        counts.compared += 1;
      }
    }
  }
  context.diagnostic(`${counts.compared} numbers, ${counts.undefined} not evaluable`);
  assert.ok(counts.compared > 1000);
});

test('Theil’s index equals AIF360’s on generated tables', { skip: withoutPeers }, async (context) => {
  let compared = 0;
  for (const [index, given] of casesOf(context).entries()) {
    if (given.weights !== null) continue; // AIF360's takes no account of weights; ours does
    const found = await fairnessOn(rowsOf(given), { metric: 'theil_index', ...ANY });
    assertNear(found.value, given.aif360.theil_index, `table ${index}`);
    compared += 1;
  }
  assert.ok(compared > 60);
});

function casesOf(context: TestContext): readonly Case[] {
  assert.ok(reference && reference.cases.length >= LEAST_TABLES);
  context.diagnostic(`${reference.cases.length} tables, peers ${JSON.stringify(reference.peers)}`);
  return reference.cases;
}

function rowsOf({ group, labels, predictions, scores, weights }: Case) {
  return { groups: { sex: group }, labels, predictions, scores, ...(weights ? { weights } : {}) };
}

function fairnessName(name: string): FairnessName {
  const known = FAIRNESS_NAMES.find((each) => each === name);
  if (known === undefined) throw new Error(`No measure ${name}`);
  return known;
}

function hasEmptyDenominator({ group, labels, predictions }: Case): boolean {
  return [...new Set(group)].some((code) => {
    const rows = [...group.keys()].filter((row) => group[row] === code);
    const positives = rows.filter((row) => labels[row] === 1).length;
    return positives === 0 || positives === rows.length || rows.every((row) => predictions[row] === 0);
  });
}

function assertNear(ours: number | null, theirs: number | null, what: string): void {
  assert.ok(ours !== null && theirs !== null, `${what}: ${ours} and ${theirs}`);
  const distance = Math.abs(ours - theirs);
  assert.ok(distance <= 1e-12 || distance <= 1e-9 * Math.abs(theirs), `${what}: ${ours} and ${theirs}`);
}
