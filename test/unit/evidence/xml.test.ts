import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseXml } from '../../../src/evidence/xml.ts';
import { damaged, fixture } from './support/fixtures.ts';

test('elements, attributes and references are read; text, comments and CDATA are passed over', () => {
  const read = parseXml(
    `<?xml version="1.0" encoding="utf-8"?><!-- <b/> --><a x="1 &lt; &#50;" y='&quot;&#x1F642;'>text<![CDATA[<b/>]]><c/><?pi <b/>?></a>\n`,
  );
  assert.ok(read.ok);
  assert.deepEqual(
    [...read.value.attributes],
    [
      ['x', '1 < 2'],
      ['y', '"🙂'],
    ],
  );
  assert.deepEqual(
    read.value.children.map(({ name }) => name),
    ['c'],
  );
});

const REFUSED: readonly (readonly [string, RegExp])[] = [
  ['<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>', /document type/],
  ['<a x="&b;"/>', /unknown entity “&b;”/],
  ['<a x="&#0;"/>', /unknown entity/],
  ['<a x="&#xD800;"/>', /unknown entity/],
  ['<a><b></a></b>', /closes <a>/],
  ['<a>', /ends within <a>/],
  ['<a/><b/>', /two roots/],
  ['<a/>text', /text outside/],
  ['', /no element/],
  ['<a x="1" x="2"/>', /twice/],
  ['<a x=1/>', /understood/],
  ['<a <b/>', /understood/],
  ['<a><!-- ', /ends within a comment/],
  ['<?xml version="1.0" encoding="utf-16"?><a/>', /encoded in utf-16/],
  ['<a>'.repeat(1000), /nests deeper/],
  ['</a>', /not the element that is open/],
];

for (const [text, reason] of REFUSED) {
  test(`refused: ${text.slice(0, 50)}`, () => {
    const read = parseXml(text);
    assert.ok(!read.ok);
    assert.match(read.problem.message, reason);
  });
}

test('no text makes it throw or hang', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('<', '>', '/', 'a', '"', "'", '=', ' ', '&', ';', '!', '-', '[', '?', '\n')),
      (parts) => {
        parseXml(parts.join(''));
      },
    ),
    { numRuns: 3000 },
  );
  for (const text of [
    `<a ${' '.repeat(200_000)}`,
    `<a ${'x="1" '.repeat(50_000)}`,
    `<${'a'.repeat(500_000)}`,
    '<!--'.repeat(100_000),
  ]) {
    const started = performance.now();
    assert.ok(!parseXml(text).ok);
    assert.ok(performance.now() - started < 2000, text.slice(0, 20));
  }
  for (const { bytes } of damaged(fixture('reports/junit/failed.xml'), 300))
    parseXml(Buffer.from(bytes).toString('utf8'));
});
