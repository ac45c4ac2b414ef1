import assert from 'node:assert/strict';
import { test } from 'node:test';
import { escapeForTerminal } from '../../../src/base/text.ts';
import { jsonText } from '../../../src/report/json-text.ts';
import { escapeForMarkdown } from '../../../src/report/markdown-text.ts';

test('characters that are drawn as nothing or as a blank are shown', () => {
  const unseen = [
    ...[0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x17b4, 0x180b, 0x180e, 0x200b, 0x200d, 0x200e, 0x2028, 0x2029, 0x202e],
    ...[0x2060, 0x2064, 0x2069, 0x206f, 0x2800, 0x3164, 0xfe00, 0xfe0f, 0xfeff, 0xffa0, 0xfff9, 0xfffb, 0x1bca0],
    ...[0xe0000, 0xe0001, 0xe0041, 0xe007f, 0xe0100, 0xe01ef, 0xe0fff],
  ];
  for (const code of unseen) {
    assert.equal(escapeForTerminal(`a${String.fromCodePoint(code)}b`), `a\\u{${code.toString(16)}}b`);
  }
  for (const seen of ['naïve', '模型', 'ｱ', '한글', '😀', 'e\u0301', 'नमस्ते', 'a b\u00a0c'])
    assert.equal(escapeForTerminal(seen), seen);
});

for (const command of [
  '##vso[task.setvariable variable=x]y',
  'weights ##VSO[task.complete]',
  '###[add-mask]a',
  '##teamcity[x]',
]) {
  test(`what a pipeline's runner would obey is only shown: ${command}`, () => {
    assert.doesNotMatch(escapeForTerminal(command), /##\w*\[/);
    assert.doesNotMatch(escapeForMarkdown(command), /##\w*\[/);
    assert.doesNotMatch(jsonText({ command }), /##\w*\[/);
    assert.deepEqual(JSON.parse(jsonText({ command })), { command });
  });
}
