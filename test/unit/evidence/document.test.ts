import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isWritten, readMarkdown, sameTitle } from '../../../src/evidence/document.ts';

function titlesOf(text: string): [number, string, number][] {
  return readMarkdown(text).sections.map(({ level, title, line }) => [level, title, line]);
}

function isSectionWritten(body: string): boolean {
  const [section] = readMarkdown(`# Limits\n${body}`).sections;
  assert.ok(section);
  return isWritten(section);
}

test('headings are found with their level and line, in both of Markdown’s ways', () => {
  assert.deepEqual(titlesOf('# One\n\ntext\n\n### Two ##\nThree\n=====\nFour\n---\n'), [
    [1, 'One', 1],
    [3, 'Two', 5],
    [1, 'Three', 6],
    [2, 'Four', 8],
  ]);
});

test('front matter, fenced code and comments have no headings', () => {
  const text =
    '---\nlicense: mit\n# no\n---\n# Yes\n```python\n# no\n```\n~~~~\n# no\n~~~\n# no\n~~~~\n<!-- # no\n# no -->\n    # no\n#no\n## Also\n';
  assert.deepEqual(titlesOf(text), [
    [1, 'Yes', 5],
    [2, 'Also', 18],
  ]);
  assert.equal(readMarkdown(text).frontMatter, 'license: mit\n# no');
  assert.equal(readMarkdown('---\nnever closed').frontMatter, undefined);
});

test('a section reaches to the next heading of its level, subsections included', () => {
  const [first, , last] = readMarkdown('# A\na\n## B\nb\n# C\nc').sections;
  assert.equal(first?.text, 'a\nb');
  assert.equal(last?.text, 'c');
});

test('titles compare without case, numbers, emphasis and links', () => {
  assert.ok(sameTitle('1.2 **Intended** use:', 'intended use'));
  assert.ok(sameTitle('[Limitations](#limits)', 'Limitations'));
  assert.ok(!sameTitle('Limitations and risks', 'Limitations'));
});

test('a section is written when somebody wrote something in it', () => {
  for (const body of [
    'Not for minors.',
    '- a point',
    '```\ncode\n```',
    '| a | b |',
    '| a | b |\n|---|:-:|\n| 1 | |',
    'Years: 2024',
    'N/A: no such data',
    'Todo lists.',
    '<https://a.example>',
  ])
    assert.ok(isSectionWritten(body), body);
  for (const body of [
    '| metric | value |\n| --- | ---: |',
    '| metric | value |\n| --- | ---: |\n| | |',
    '',
    '  \n\n',
    '[More Information Needed]',
    '- **Developed by:** [More Information Needed]',
    '<!-- Say what it is not for. -->',
    'TODO',
    'TODO: say who may use it',
    '`TODO`',
    'todo: ask legal',
    '_to be written_',
    '[//]: # (Say what it is not for.)',
    '{{ intended_use | default("[More Information Needed]", true) }}',
    'Lorem ipsum dolor sit amet.',
    '- TBD',
    '## Only a subheading',
    '---',
    '...',
    'To do',
    'T.B.D.',
    'Coming soon!',
    'Fill in here',
    '[Your text here]',
    '[Describe the intended use]',
    'À compléter',
    '_Noch auszufüllen_',
    'Por completar.',
    '待补充',
  ]) {
    assert.ok(!isSectionWritten(body), body);
  }
  for (const body of [
    'To do this well takes a clerk.',
    'Offene Fälle zählen nicht.',
    'Folgt der Satzung der Bank.',
    'None.',
    '[Limits](limits.md)',
    '[Describe](limits.md)',
    '[Limits report]',
  ])
    assert.ok(isSectionWritten(body), body);
});

test('a footnote says what stands in it, where something refers to it', () => {
  const written = (text: string) => readMarkdown(text).sections.map(isWritten);
  assert.deepEqual(written('# Data\nAs collected.[^1]\n# References\n[^1]: Yeh and Lien, 2009.'), [true, true]);
  assert.deepEqual(written('# Limits[^A]\n[^a]: Only Taiwan.'), [true]);
  assert.deepEqual(written('# Data\nAs collected.[^1]\n# References\n[^1]: TODO'), [true, false]);
  assert.deepEqual(written('# Data\nAs collected.\n# References\n[^1]: Nobody is shown this.'), [true, false]);
});

test('no text makes it throw or take long', { timeout: 20_000 }, () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void readMarkdown(text)));
  readMarkdown('#'.repeat(200_000));
  readMarkdown(`# ${' #'.repeat(100_000)}x`);
  readMarkdown('<!--'.repeat(100_000));
  readMarkdown('[^'.repeat(200_000));
  readMarkdown('# a\n'.repeat(20_000));
});
