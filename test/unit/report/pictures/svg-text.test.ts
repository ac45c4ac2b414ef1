import assert from 'node:assert/strict';
import { test } from 'node:test';
import { node } from '../../../../src/report/pictures/scene.ts';
import { escapeXml, sceneToSvgText } from '../../../../src/report/pictures/svg-text.ts';
import { NAUGHTY_STRINGS } from '../../naughty-strings.ts';

test('a scene becomes SVG with its label, and its marks carry theirs as titles', () => {
  const scene = {
    width: 10,
    height: 5,
    nodes: [node('g', { class: 'mark', role: 'img', 'aria-label': 'one' }, node('line', { x1: 0.123456, x2: 1 }))],
  };
  const unstyled = 'fill="none" stroke="currentColor" font-family="sans-serif" font-size="11"';
  assert.equal(
    sceneToSvgText(scene, 'A & B'),
    `<svg xmlns="http://www.w3.org/2000/svg" class="picture" ${unstyled} viewBox="0 0 10 5" width="10" height="5" role="img" aria-label="A &amp; B">` +
      '<g class="mark" role="img" aria-label="one"><title>one</title><line x1="0.12" x2="1"/></g></svg>',
  );
});

test('where no style sheet comes through, texts are filled, shapes are outlines, and what is only pointed at is not seen', () => {
  const nodes = [node('text', { x: 1 }, 'a'), node('rect', { class: 'hit' }), node('rect', { class: 'bar-1' })];
  const svg = sceneToSvgText({ width: 1, height: 1, nodes }, '');
  assert.match(svg, /<text x="1" fill="currentColor" stroke="none">a<\/text>/);
  assert.match(svg, /<rect class="hit" stroke="none"\/><rect class="bar-1"\/>/);
});

test('text can’t become markup, in elements and in attributes', () => {
  const hostile = `</text><script>alert("1")</script>&'`;
  const svg = sceneToSvgText(
    { width: 1, height: 1, nodes: [node('text', { 'aria-label': hostile }, hostile)] },
    hostile,
  );
  assert.equal(svg.match(/<script|="[^"]*</g), null);
  assert.equal(svg.match(/<\/text>/g)?.length, 1);
  assert.match(svg, /&lt;\/text&gt;&lt;script&gt;alert\(&quot;1&quot;\)&lt;\/script&gt;&amp;&#39;/);
});

test('what XML can’t hold is replaced', () => {
  assert.equal(escapeXml('a\u0000b\u001f\ud800c\uffff\n'), 'a\ufffdb\ufffd\ufffdc\ufffd\n');
});

test('an element or attribute that no picture has is a bug, and never written', () => {
  const scene = (nodes: unknown) => ({ width: 1, height: 1, nodes: nodes as never });
  assert.throws(() => sceneToSvgText(scene([{ tag: 'script', attributes: {} }]), ''), /script/);
  assert.throws(() => sceneToSvgText(scene([{ tag: 'g', attributes: { onclick: 'x' } }]), ''), /onclick/);
});

test('naughty strings stand in the SVG as they are', () => {
  const asRead = (text: string): string =>
    text
      .replaceAll('&#39;', "'")
      .replaceAll('&quot;', '"')
      .replaceAll('&gt;', '>')
      .replaceAll('&lt;', '<')
      .replaceAll('&amp;', '&');
  for (const string of NAUGHTY_STRINGS) {
    const escaped = escapeXml(string);
    assert.equal(escaped.match(/[<>"']/), null);
    const replaced = escaped.split('\ufffd').length - string.split('\ufffd').length;
    if (replaced === 0) assert.equal(asRead(escaped), string);
    else assert.equal(asRead(escaped).length, string.length);
  }
});
