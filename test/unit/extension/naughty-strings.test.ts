// Names come from anybody. Whatever a model, a run, a metric, a group, a check or a person is called stands in the trees and
// panels of the editor as it is: control characters written out, and everything else literally.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { escapeForTerminal } from '../../../src/base/text.ts';
import type { OutcomeComparison } from '../../../src/checks/comparison/compare-outcomes.ts';
import type { ComparedRun } from '../../../src/extension/engine/compare.ts';
import { comparisonContent } from '../../../src/extension/panels/comparison/comparison-document.ts';
import { metricsDocument } from '../../../src/extension/panels/metrics-document.ts';
import { reportPanel } from '../../../src/extension/panels/report-panel.ts';
import { reviewDocument } from '../../../src/extension/panels/review-document.ts';
import { verdictDocument } from '../../../src/extension/panels/verdict-document.ts';
import type { PanelDocument } from '../../../src/extension/protocol.ts';
import { approvalsTree } from '../../../src/extension/views/approvals-model.ts';
import { checklistTree } from '../../../src/extension/views/checklist-model.ts';
import { runsTree } from '../../../src/extension/views/runs-model.ts';
import type { TreeNode } from '../../../src/extension/views/tree-node.ts';
import { visible, visibleBesideIcons, visibleWithoutLinks } from '../../../src/extension/visible-text.ts';
import type { Run } from '../../../src/runs/run.ts';
import { materialOf } from '../report/report-samples.ts';
import { environment, outcome, policy, seat } from './samples.ts';

const corpus = new URL('../../../../shared/corpora/naughty-strings/blns.json', import.meta.url);
const names = (): readonly string[] =>
  (JSON.parse(readFileSync(corpus, 'utf8')) as string[]).filter((name) => name.trim() !== '');
const HIDDEN = /(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u;
const point = { step: 0, timestamp: 0, value: 0.5 };

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

function wordsOf({ label, description = '', tooltip = '', spoken = '', children = [] }: TreeNode): readonly string[] {
  return [label, description, tooltip, spoken, ...children.flatMap(wordsOf)];
}

function runNamed(name: string): Run {
  return {
    ...{ id: name, name, experiment: name, status: 'finished', user: name, startTime: 0, endTime: 0 },
    ...{ metrics: new Map([[name, point]]), params: new Map([[name, name]]), tags: new Map([[name, name]]) },
    ...{ history: new Map([[name, [point, point]]]), inputs: [{ name, digest: name, context: name }], models: [] },
    ...{ registered: [], artifactFolder: undefined },
  };
}

function comparisonNamed(name: string): PanelDocument {
  const { id, startTime, metrics, params, tags, inputs } = runNamed(name);
  const run: ComparedRun = {
    ...{ id, name, startTime, metrics, params, tags, inputs, modelId: 'a'.repeat(64) },
    ...{ modelFiles: new Map([[name, 'b'.repeat(64)]]), packages: new Map([[name, name]]) },
  };
  const side = { status: 'pass', value: 0.5 } as const;
  const part = { name, first: 0.5, second: 0.6, drop: 0.1, interval: null, rows: 1, pair: 'paired' } as const;
  const check: OutcomeComparison = {
    ...{ id: name, title: name, severity: 'required', first: side, second: side, change: 'worse' },
    ...{ passing: 'both alike', confidence: 0.95, problems: [name] },
    differences: [
      { ...part, change: 'worse' },
      { ...part, change: 'worse' },
    ],
  };
  const since = { issued: '2026-11-23T10:00:00Z', sha256: 'c'.repeat(64) };
  const differences = [{ path: name, first: name, second: name }];
  const known = { kind: 'known', approval: since, differences, weaker: [name] } as const;
  return comparisonContent({ first: run, second: run, checks: [check], policy: known, pictures: [] }, policy(), name)
    .document;
}

const DOCUMENTS: Readonly<Record<string, (name: string) => PanelDocument>> = {
  metrics: (name) => metricsDocument(runNamed(name), name),
  report: (name) => reportPanel(materialOf(name), 'trusted'),
  comparison: comparisonNamed,
  verdict: (name) =>
    verdictDocument(
      {
        ...{ schema: 'urn:model-signoff:verdict:v1', approved: false, quorum: { [name]: { need: 1, have: 0 } } },
        ...{ reasons: [{ code: 'rejected', message: name }], ignored: [{ file: name, code: 'x', message: name }] },
        approvals: [
          {
            ...{ id: 'c', person: name, role: name, key: name },
            ...{ issued: '2026-11-23T10:00:00Z', expires: '2026-11-24T10:00:00Z' },
          },
        ],
      },
      { model: name, run: name, environment: name, trustedRef: name },
    ),
  review: (name) =>
    reviewDocument({
      ...{ ticket: 't', person: name, model: { id: 'c', files: 1 }, digest: 'd', already: 'not-yet' },
      fields: [
        { label: 'Decision', value: name },
        { label: `  ${name}`, value: name },
      ],
      ...{ payload: JSON.stringify({ [name]: name }), openPoints: [name], securityKey: 'none', remote: undefined },
    }),
};

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

describe('the naughty strings', { skip: !existsSync(corpus) && 'no corpus' }, () => {
  for (const [kind, make] of Object.entries(DOCUMENTS)) {
    test(`stand in the ${kind} panel as they are`, () => {
      for (const name of names()) {
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
      for (const name of names()) {
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
    for (const name of names()) {
      const [notice, item] = [visibleWithoutLinks(name), visibleBesideIcons(name)];
      assert.doesNotMatch(notice, /\]\(/);
      assert.doesNotMatch(item, /(?<!\\)\$\(/);
      assert.equal(notice.replaceAll('\u2060', ''), visible(name).replaceAll('\u2060', ''));
      assert.equal(item.replaceAll('\\$(', '$('), visible(name));
    }
  });
});
