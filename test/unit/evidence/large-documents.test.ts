import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isFilled, readCard } from '../../../src/checks/document/card.ts';
import { isWritten, readMarkdown } from '../../../src/evidence/document.ts';

const MANY = 300_000;
/** Far more than any takes, and far less than what grows with the square. */
const MOST_MILLISECONDS = 3000;

test('no document takes longer than its size', () => {
  const texts = {
    stars: `# A\n${'*'.repeat(MANY)}x!`,
    'stars alone': `# A\n${'*'.repeat(MANY)}`,
    'stars and dots': `# A\n${'*.'.repeat(MANY / 2)},`,
    dashes: `# A\n${'-'.repeat(MANY)}x`,
    brackets: `# ${'['.repeat(MANY)}\ntext`,
    links: `# ${'[a]('.repeat(MANY / 4)}\ntext`,
    blanks: `# a${' '.repeat(MANY)}:b\n${' '.repeat(MANY)}x`,
    closings: `# a${' #'.repeat(MANY / 2)}x\n`,
    ticks: `${'`'.repeat(MANY)}a\`\n# A\nb`,
    headings: '# h\n'.repeat(60_000),
    levels: `# A\n${'## h\nx\n'.repeat(60_000)}`,
    comments: `# A\n${'<!---->'.repeat(MANY / 7)}`,
    numbers: `# ${'1.'.repeat(MANY / 2)}x\ny`,
  };
  for (const [name, text] of Object.entries(texts)) {
    const start = performance.now();
    const card = readCard('CARD.md', text);
    for (const title of ['A', 'B', 'h']) card.sectionComplaint(title);
    for (const section of readMarkdown(text).sections.slice(0, 5)) isWritten(section);
    const took = performance.now() - start;
    assert.ok(took < MOST_MILLISECONDS, `${name} took ${Math.round(took)} ms`);
  }
  const start = performance.now();
  assert.ok(isFilled(`${' '.repeat(MANY)}x`));
  assert.ok(performance.now() - start < MOST_MILLISECONDS);
});

test('headings are what they were', () => {
  const titles = (text: string) => readMarkdown(text).sections.map(({ title }) => title);
  assert.deepEqual(titles('# A #\n## B ##  \n### C#\n#D\n#\n# #\n####### no\n#\tE\t#\n'), [
    'A',
    'B',
    'C#',
    '',
    '',
    'E',
  ]);
  const [a, b, c, d] = readMarkdown('# A\na\n### B\nb\n## C\nc\n# D\nd').sections;
  assert.deepEqual([a?.text, b?.text, c?.text, d?.text], ['a\nb\nc', 'b', 'c', 'd']);
  const written = (line: string) => readMarkdown(`# A\n${line}`).sections.some(isWritten);
  for (const line of [
    '',
    '<br>',
    '<p align="left"></p>',
    '&nbsp;&#160;',
    '> - *',
    'TODO',
    'todo: write it',
    '**TBD:**',
    '- n/a.',
    '...',
    '…',
    '_',
    '* [More Information Needed]',
    '— !',
  ])
    assert.ok(!written(line), line);
  for (const line of ['x', '- 3', '*n/a* for now', 'TODOs are done']) assert.ok(written(line), line);
});
