import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  visible,
  visibleBesideIcons,
  visibleIndented,
  visibleWithoutLinks,
} from '../../../src/extension/visible-text.ts';

describe('untrusted text', () => {
  test('is one line without hidden characters', () => {
    assert.equal(visible('a\nb\u202ec\u0000'), 'a\\u{a}b\\u{202e}c\\u{0}');
  });

  test('is never longer than a view can bear', () => {
    assert.equal(visible('x'.repeat(10_000)).length, 300);
  });

  test('keeps its indentation where a modal shows it', () => {
    assert.equal(visibleIndented('  "inputs":  {}'), '\u00a0\u00a0"inputs":  {}');
    assert.equal(visibleIndented('   '), '\u00a0\u00a0\u00a0');
    assert.equal(visibleIndented('as it is'), 'as it is');
  });

  test('draws no icon', () => {
    assert.equal(visibleBesideIcons('$(verified) approved'), '\\$(verified) approved');
  });

  test('makes no link that would run a command', () => {
    // What VS Code takes for a link in notifications and input boxes.
    const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)/i;
    assert.match('[click](command:workbench.action.quit)', link);
    assert.doesNotMatch(visibleWithoutLinks('[click](command:workbench.action.quit)'), link);
  });
});
