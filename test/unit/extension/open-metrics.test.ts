import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Services } from '../../../src/extension/commands/command.ts';
import { openMetrics } from '../../../src/extension/commands/open-metrics.ts';
import type { PanelContent } from '../../../src/extension/panels/document-panel.ts';
import type { Renew, ShowOptions } from '../../../src/extension/panels/panels.ts';
import type { Snapshot } from '../../../src/extension/state/snapshot.ts';
import type { Picture, PictureSection } from '../../../src/report/pictures/picture.ts';
import type { Run } from '../../../src/runs/run.ts';
import { checked, outcome } from './samples.ts';

const picture = (id: string, checks: readonly string[]): Picture => ({
  ...{ id, checks, title: id, sentence: '', status: undefined, note: '', csv: `csv of ${id}` },
  scene: { width: 1, height: 1, nodes: [] },
  table: { columns: [], rows: [] },
});
const sections: readonly PictureSection[] = [
  { id: 's', title: 's', pictures: [picture('confusion/holdout', []), picture('roc/holdout', ['auc'])] },
];
const run = {
  ...{ id: 'run-1', name: 'n', experiment: 'e', status: 'finished', user: undefined, startTime: 0, endTime: 0 },
  ...{ metrics: new Map(), params: new Map(), tags: new Map(), history: new Map() },
} as unknown as Run;

/** Services that have a checked run; what was shown, and what the engine was asked for. */
function services() {
  const snapshot = checked([outcome()]);
  const shown: { content: PanelContent; renew: Renew | undefined }[] = [];
  const asked: string[] = [];
  const made = {
    state: { snapshot, settled: async () => snapshot },
    editor: { trust: () => 'trusted' },
    prompts: { withProgress: (_: string, work: (...parts: unknown[]) => unknown) => work(undefined, undefined) },
    engine: {
      async call(name: string) {
        asked.push(name);
        return { ok: true, value: name === 'loadRun' ? run : sections };
      },
    },
    panels: { show: (_: string, content: PanelContent, { renew }: ShowOptions = {}) => shown.push({ content, renew }) },
  } as unknown as Services;
  return { made, snapshot, shown, asked };
}

describe('Open Metrics', () => {
  test('shows the pictures, and keeps what they are copied as out of the page', async () => {
    const { made, shown } = services();
    await openMetrics.run(made, undefined);
    const { document, copies } = shown[0]?.content ?? assert.fail();
    assert.equal(document.focus, undefined);
    assert.equal(copies?.get('roc/holdout'), 'csv of roc/holdout');
    assert.doesNotMatch(JSON.stringify(document), /csv of/);
  });

  test('opens on the picture of a check: of a node of the checklist, or named; each time it is asked', async () => {
    const { made, shown } = services();
    await openMetrics.run(made, { id: 'check/auc' });
    await openMetrics.run(made, 'auc');
    await openMetrics.run(made, 'no-such-check');
    const [first, second, third] = shown.map(({ content }) => content.document.focus);
    assert.equal(first?.picture, 'roc/holdout');
    assert.equal(second?.picture, 'roc/holdout');
    assert.notEqual(first?.request, second?.request);
    assert.equal(third, undefined);
  });

  test('is drawn again when the run is evaluated anew, and not for every look that finds the same', async () => {
    const { made, snapshot, shown, asked } = services();
    await openMetrics.run(made, undefined);
    const renew = shown[0]?.renew ?? assert.fail();
    const before = asked.length;
    assert.equal(await renew({ ...snapshot }), undefined);
    assert.equal(asked.length, before);
    const { assessed } = snapshot;
    assert.ok(assessed !== undefined);
    const newer: Snapshot = { ...snapshot, assessed: { ...assessed, digest: 'e'.repeat(64) } };
    assert.equal(await renew({ ...newer, activity: 'checking' }), undefined);
    assert.ok((await renew(newer)) !== undefined);
    assert.equal(await renew(newer), undefined);
  });

  test('says that it is old while nothing can be evaluated, and is drawn again afterwards', async () => {
    const { made, snapshot, shown } = services();
    await openMetrics.run(made, undefined);
    const renew = shown[0]?.renew ?? assert.fail();
    const obstacle = { code: 'run-missing', severity: 'error', message: 'The run is gone.' } as const;
    assert.deepEqual(await renew({ ...snapshot, assessed: undefined, obstacle }), { outdated: 'The run is gone.' });
    const again = await renew(snapshot);
    assert.ok(again !== undefined && 'document' in again);
  });
});
