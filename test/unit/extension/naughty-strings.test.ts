// Names come from anybody. Whatever a model, a run, a metric, a group, a check or a person is called stands in the trees and
// panels of the editor as it is: control characters written out, and everything else literally.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { escapeForTerminal } from '../../../src/base/text.ts';
import type { PanelDocument } from '../../../src/extension/protocol.ts';
import { approvalsTree } from '../../../src/extension/views/approvals-model.ts';
import { checklistTree } from '../../../src/extension/views/checklist-model.ts';
import { runsTree } from '../../../src/extension/views/runs-model.ts';
import { spokenText, type TreeNode } from '../../../src/extension/views/tree-node.ts';
import { visible, visibleBesideIcons, visibleWithoutLinks } from '../../../src/extension/visible-text.ts';
import { NAUGHTY_NAMES } from '../naughty-strings.ts';
import { PANEL_DOCUMENTS, runNamed } from './named-documents.ts';
import { environment, outcome, policy, seat } from './samples.ts';

const HIDDEN = /(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u;

/** Everything that a document shows, each text by itself; ids are never shown. */
function textsOf({ title, subtitle, facts, tables, passages = [], verdict }: PanelDocument): readonly string[] {
  const cells = tables.flatMap(({ groups }) => groups.flatMap(({ rows }) => rows.flatMap((row) => row.cells)));
  return [
    ...[title, subtitle, verdict?.text ?? ''],
    ...facts.flatMap(({ name, value }) => [name, value]),
    ...tables.flatMap((table) => [table.title, table.lead ?? '', ...table.columns.map((column) => column.title)]),
    ...cells.flatMap(({ text, notes = [] }) => [text, ...notes]),
    ...passages.flatMap(({ paragraphs }) => paragraphs.map((each) => (typeof each === 'string' ? each : each.code))),
  ];
}

function wordsOf(node: TreeNode): readonly string[] {
  const { label, description = '', tooltip = '', children = [] } = node;
  return [label, description, tooltip, spokenText(node), ...children.flatMap(wordsOf)];
}

const TREES: Readonly<Record<string, (name: string) => readonly TreeNode[]>> = {
  checklist: (name) => {
    const part = { name, status: 'fail', value: 1, interval: null, rows: 1 } as const;
    const outcomes = [outcome({ id: name, title: name, message: name, status: 'fail', parts: [part] })];
    return checklistTree({ outcomes, policy: policy() });
  },
  runs: (name) => {
    const { id, experiment, status, user, startTime, endTime } = runNamed(name);
    const line = { id, name, experiment, status, user, startTime, endTime };
    return runsTree({ runs: [line], problems: [], assessed: undefined, limit: 9 }, 0);
  },
  approvals: (name) => {
    const seats = [seat({ role: name, holders: [name] })];
    const shown = { ...environment({ seats, reasons: [{ code: 'x', message: name }] }), name };
    return approvalsTree({ environments: [shown], now: 0 });
  },
};

describe('the naughty strings', () => {
  for (const [kind, make] of Object.entries(PANEL_DOCUMENTS)) {
    test(`stand in the ${kind} panel as they are`, () => {
      for (const name of NAUGHTY_NAMES) {
        const texts = textsOf(make(name));
        const isThere = texts.includes(visible(name)) || texts.includes(escapeForTerminal(name));
        assert.ok(isThere, `${JSON.stringify(name)} in ${JSON.stringify(texts)}`);
        assert.equal(
          texts.find((text) => HIDDEN.test(text)),
          undefined,
          JSON.stringify(name),
        );
      }
    });
  }

  for (const [kind, make] of Object.entries(TREES)) {
    test(`stand in the ${kind} view as they are`, () => {
      for (const name of NAUGHTY_NAMES) {
        const words = make(name).flatMap(wordsOf);
        assert.ok(words.includes(visible(name)), `${JSON.stringify(name)} in ${JSON.stringify(words)}`);
        assert.equal(
          words.find((text) => HIDDEN.test(text)),
          undefined,
          JSON.stringify(name),
        );
      }
    });
  }

  test('make no link and no icon where VS Code would make one, and are read the same', () => {
    for (const name of NAUGHTY_NAMES) {
      const [notice, item] = [visibleWithoutLinks(name), visibleBesideIcons(name)];
      assert.doesNotMatch(notice, /\]\(/);
      assert.doesNotMatch(item, /(?<!\\)\$\(/);
      assert.equal(notice.replaceAll('\u2060', ''), visible(name).replaceAll('\u2060', ''));
      assert.equal(item.replaceAll('\\$(', '$('), visible(name));
    }
  });
});
