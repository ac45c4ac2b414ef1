import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'yaml';
import type * as zod from 'zod';
import type { ShapeIssue } from '../../../src/base/shape/issue.ts';
import { issuesOf } from '../../../src/base/shape/issues-of.ts';
import * as z from '../../../src/base/shape/z.ts';
import { PolicySchema } from '../../../src/policy/schema.ts';
import { zodSchema } from '../../../src/policy/zod-schema.ts';

const EXAMPLE: unknown = parse(readFileSync(new URL('../policy/design-example.yaml', import.meta.url), 'utf8'));
const policyInZod = zodSchema(PolicySchema);

/** What both say of an issue. Zod also measures lists where text is wanted, which says nothing that the type did not. */
type Said = Record<string, unknown>;

function saidByZod(issues: readonly zod.core.$ZodIssue[]): Said[] {
  return issues.flatMap((issue): Said[] => {
    const about = { code: issue.code, path: issue.path };
    switch (issue.code) {
      case 'invalid_type':
        return [{ ...about, expected: issue.expected }];
      case 'invalid_value':
        return [{ ...about, values: issue.values }];
      case 'too_small':
      case 'too_big': {
        const { origin, inclusive } = issue;
        const size = issue.code === 'too_small' ? { minimum: issue.minimum } : { maximum: issue.maximum };
        const mistyped = issues.some(
          (other) => other.code === 'invalid_type' && String(other.path) === String(issue.path),
        );
        return mistyped ? [] : [{ ...about, origin, inclusive, ...size }];
      }
      case 'invalid_format':
        return [{ ...about, pattern: issue.pattern }];
      case 'unrecognized_keys':
        return [{ ...about, keys: issue.keys }];
      case 'invalid_union':
        return [{ ...about, errors: issue.errors.map((errors) => saidByZod(errors)) }];
      default:
        return [about];
    }
  });
}

function saidByUs(issues: readonly ShapeIssue[]): Said[] {
  return issues.map(({ continue: _, ...issue }) =>
    issue.code === 'invalid_union' ? { ...issue, errors: issue.errors.map(saidByUs) } : issue,
  );
}

function agree(value: unknown): void {
  const theirs = policyInZod.safeParse(value);
  assert.deepEqual(saidByUs(issuesOf(PolicySchema, value)), saidByZod(theirs.error?.issues ?? []));
}

test('the design’s example has the shape of a policy, for zod as for us', () => {
  assert.deepEqual(issuesOf(PolicySchema, EXAMPLE), []);
  agree(EXAMPLE);
});

/** Something else in one place of the example: removed, replaced or added. */
const mutations = fc.record({
  steps: fc.array(fc.nat(), { minLength: 1, maxLength: 7 }),
  change: fc.constantFrom('replace', 'remove', 'add'),
  name: fc.oneof(
    fc.constantFrom(
      'check',
      'metric',
      'max',
      'min_rows',
      'by',
      'on_approved',
      'require',
      'length',
      'a b',
      '9',
      'constructor',
    ),
    fc.string(),
  ),
  value: fc.oneof(
    fc.constantFrom('', ' ', 'metric', 'drift', 'data-science', '90d', 0, -1, 1, 0.5, 2 ** 60, -(2 ** 60), null, true),
    fc.constantFrom(
      [],
      {},
      [[]],
      [''],
      ['a'],
      ['a', 'b', 'c'],
      { url: '' },
      { a: 1 },
      { length: 0 },
      [1, 'a'],
      '𝒳'.repeat(60),
    ),
    fc.jsonValue({ maxDepth: 3 }),
  ),
});

function changed(
  whole: unknown,
  { steps, change, name, value }: typeof mutations extends fc.Arbitrary<infer T> ? T : never,
) {
  const copy: unknown = structuredClone(whole);
  let place = copy as Record<string, unknown>;
  for (const [depth, step] of steps.entries()) {
    const keys = Object.keys(place);
    const key = keys[step % keys.length];
    const below = key === undefined ? undefined : place[key];
    const isLast = depth === steps.length - 1 || typeof below !== 'object' || below === null;
    if (!isLast) {
      place = below as Record<string, unknown>;
      continue;
    }
    if (change === 'remove' && key !== undefined && !Array.isArray(place)) delete place[key];
    else if (change === 'add' && !Array.isArray(place) && name !== '__proto__') place[name] = value;
    else if (key !== undefined) place[key] = value;
    break;
  }
  return copy;
}

test('zod has the same against policies that are mistaken somewhere, and in the same order', () => {
  fc.assert(
    fc.property(fc.array(mutations, { minLength: 1, maxLength: 3 }), (all) => {
      agree(all.reduce(changed, EXAMPLE));
    }),
    { numRuns: 600 },
  );
});

test('zod has the same against anything else', () => {
  fc.assert(fc.property(fc.jsonValue(), agree), { numRuns: 200 });
});

test('an entry named __proto__, which zod passes over, is refused', () => {
  const numbers = z.record(z.string(), z.number());
  const value: unknown = JSON.parse('{"a": 1, "__proto__": "anything"}');
  assert.deepEqual(issuesOf(numbers, value), [{ code: 'invalid_key', path: ['__proto__'] }]);
  assert.ok(zodSchema(numbers).safeParse(value).success);
});

test('whole numbers, list lengths and null are as zod has them', () => {
  const shape = z.strictObject({
    whole: z.number().int().min(2).max(9),
    pair: z.tuple([z.string(), z.number().gt(0).lt(1)]),
    maybe: z.string().nullable(),
    counts: z.partialRecord(z.enum(['a', 'b']), z.number()),
    list: z.array(z.boolean()).min(2),
  });
  const reference = zodSchema(shape);
  const parts = fc.record(
    {
      whole: fc.oneof(fc.constantFrom(2, 9, 1.5, 10, 2 ** 53, -(2 ** 53)), fc.double()),
      pair: fc.array(fc.oneof(fc.string(), fc.constantFrom(0, 0.5, 1)), { maxLength: 3 }),
      maybe: fc.constantFrom(null, 'x', 1),
      counts: fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom(1, 'x')),
      list: fc.array(fc.constantFrom(true, 'x'), { maxLength: 3 }),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(parts, (value) => {
      const theirs = reference.safeParse(value);
      assert.deepEqual(saidByUs(issuesOf(shape, value)), saidByZod(theirs.error?.issues ?? []));
    }),
    { numRuns: 300 },
  );
});
