import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { hasErrors, parsePolicy } from '../../../src/policy/parse.ts';
import { NAUGHTY_STRINGS } from '../naughty-strings.ts';
import { EXAMPLE } from './example.ts';

const CORPORA = fileURLToPath(new URL('../../../../shared/corpora', import.meta.url));

/** Parses, and holds what is true of every text: ranges lie inside it, and no value comes without a judgement. */
function parseSafely(text: string): ReturnType<typeof parsePolicy> {
  const parsed = parsePolicy(text, 'signoff.yaml');
  for (const { range, message } of parsed.problems) {
    assert.ok(range !== undefined, message);
    assert.ok(range.offset >= 0 && range.length >= 0 && range.offset + range.length <= text.length, message);
    assert.ok(range.line >= 1 && range.column >= 1, message);
    assert.ok(message.length > 0 && message.length <= 500, message);
  }
  assert.ok(parsed.value !== undefined || hasErrors(parsed.problems));
  return parsed;
}

const yamlSuite = `${CORPORA}/yaml`;
test('every text of the YAML test suite is judged', { skip: absent(yamlSuite) }, () => {
  const inputs = readdirSync(yamlSuite, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('in.yaml'),
  );
  assert.ok(inputs.length > 300);
  for (const input of inputs) {
    const { value } = parseSafely(readFileSync(`${yamlSuite}/${input}`, 'utf8'));
    assert.equal(value, undefined, input);
  }
});

test('naughty strings are judged as keys, names and values', () => {
  for (const [index, naughty] of NAUGHTY_STRINGS.entries()) {
    for (const [turn, written] of [JSON.stringify(naughty), naughty].entries()) {
      const key = KEYS[(index + turn) % KEYS.length] ?? '';
      const value = VALUES[(index + turn) % VALUES.length] ?? '';
      parseSafely(EXAMPLE.replace(key, () => `${written}:`));
      parseSafely(EXAMPLE.replace(value, () => written));
    }
  }
});

const KEYS = ['auc:', 'holdout:', 'risk:', 'min_rows:', 'sex:', 'production:', 'tp:'];
const VALUES = ['mlruns', '0.80', 'credit-risk', 'ana@acme.example', 'p_default', '[25, 45, 65]', '90d', '"https://…"'];

const LETTERS = [
  ...'{}[],:&*!|>%@`"\'#?- \n\t\r\\',
  '\u0000',
  '\uFEFF',
  '\u202E',
  '\uD800',
  'é',
  '💥',
  '...',
  '---',
  '<<: ',
  '.nan',
  'a',
];

test('the example with pieces cut, doubled or put in is judged', () => {
  const position = fc.nat(EXAMPLE.length);
  const edit = fc.record({
    at: position,
    remove: fc.nat(40),
    from: position,
    take: fc.nat(60),
    insert: fc.array(fc.constantFrom(...LETTERS), { maxLength: 4 }),
  });
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
      let text = EXAMPLE;
      for (const { at, remove, from, take, insert } of edits) {
        text = text.slice(0, at) + insert.join('') + EXAMPLE.slice(from, from + take) + text.slice(at + remove);
      }
      parseSafely(text);
    }),
    { numRuns: 500 },
  );
});

test('any value in any place of a policy is judged', () => {
  const plain = JSON.parse(JSON.stringify(parsePolicy(EXAMPLE, 'signoff.yaml').value)) as unknown;
  const paths = pathsOf(plain, []);
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.jsonValue({ maxDepth: 3 }), (path, value) => {
      parseSafely(JSON.stringify(replaced(plain, path, value)));
    }),
    { numRuns: 500 },
  );
});

test('any text at all is judged', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      parseSafely(text);
    }),
    { numRuns: 300 },
  );
});

const LONG: Readonly<Record<string, string>> = {
  'open brackets': '['.repeat(500_000),
  'open maps': '{a: '.repeat(200_000),
  dashes: '- '.repeat(500_000),
  'question marks': '? '.repeat(500_000),
  'closing brackets': ']'.repeat(500_000),
  tags: '!a '.repeat(300_000),
  aliases: '*a\n'.repeat(300_000),
  'unknown keys': Array.from({ length: 60_000 }, (_, index) => `key${index}:`).join('\n'),
  'ten equal keys': 'version: 1\n'.repeat(10),
};

for (const [name, text] of Object.entries(LONG)) {
  test(`a long text of ${name} is judged in seconds`, { timeout: 20_000 }, () => {
    assert.ok(hasErrors(parseSafely(text).problems));
  });
}

function absent(path: string): string | false {
  return existsSync(path) ? false : `${path} is not here`;
}

function pathsOf(value: unknown, path: readonly string[]): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) {
    return [path];
  }
  return [path, ...Object.entries(value).flatMap(([key, child]) => pathsOf(child, [...path, key]))];
}

function replaced(value: unknown, path: readonly string[], by: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) {
    return by;
  }
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>;
  copy[step] = replaced(copy[step], rest, by);
  return copy;
}
