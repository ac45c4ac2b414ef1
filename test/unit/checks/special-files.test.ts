import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Check } from '../../../src/policy/schema.ts';
import { fixture } from '../evidence/support/fixtures.ts';
import { outcomeWith } from './support/evidence-case.ts';

const HUGE = 5_000_000_000;
const FORMATS = ['evidently', 'junit', 'sarif', 'classification-report', 'aif360', 'fairlearn', 'kfp'] as const;

/** A check that reads the artifact, for every reader that there is. */
function checksOf(path: string): readonly Check[] {
  return [
    ...FORMATS.map((format): Check => ({ check: 'report', path, format, value: 'a', min: 0 })),
    { check: 'report', path, format: 'model-signing', key: 'k.pub' },
    { check: 'document', path, numbers_match: true },
    { check: 'operations', path, pointer: '/a', max: 1 },
    { check: 'explanation', method: 'shap', values: path, max_top_share: 0.5 },
    { check: 'explanation', method: 'lime', values: path, max_top_share: 0.5 },
  ];
}

/** Checks of a data set over the artifact. */
const ON_ROWS: Check = { check: 'metric', metric: 'accuracy', dataset: 'rows', min: 0 };

const folder = mkdtempSync(join(tmpdir(), 'model-signoff-special-'));
after(() => rmSync(folder, { recursive: true, force: true }));

async function outcomeOn(check: Check, path: string) {
  const dataset = { path, label: 'y', prediction: 'p', positive: 1 };
  return outcomeWith(check, {
    datasets: { rows: dataset },
    files: { 'k.pub': fixture('model-signing/p256.pub') },
    model: { 'weights.bin': 'x' },
    run: { artifactFolder: folder },
  });
}

const KINDS = ['csv', 'tsv', 'parquet', 'json', 'jsonl', 'csv.gz', 'npz', 'npy', 'md', 'xml'];
const TABLES = /^(?:csv|tsv|parquet|jsonl?|csv\.gz)$/;

async function refusedEverywhere(name: string, kind: string): Promise<void> {
  const path = `run:${name}.${kind}`;
  for (const check of [...checksOf(path), ...(TABLES.test(kind) ? [ON_ROWS] : [])]) {
    const outcome = await outcomeOn(check, path);
    assert.ok(['fail', 'not_evaluable'].includes(outcome.status), `${kind} ${check.check}: ${outcome.message}`);
    assert.match(outcome.message, /^[^\n]{10,600}\.$/, `${kind} ${check.check}`);
    assert.equal(outcome.message.includes(folder), false, outcome.message);
  }
}

test('a folder in the place of a file is refused in one sentence', { timeout: 60_000 }, async () => {
  for (const kind of KINDS) {
    mkdirSync(join(folder, `folder.${kind}`));
    await refusedEverywhere('folder', kind);
  }
});

test('a pipe is refused without waiting for it', { skip: process.platform === 'win32', timeout: 60_000 }, async () => {
  for (const kind of KINDS) {
    execFileSync('mkfifo', [join(folder, `pipe.${kind}`)]);
    await refusedEverywhere('pipe', kind);
  }
});

test('five gigabytes of nothing are refused without reading them', { timeout: 120_000 }, async () => {
  for (const kind of KINDS) {
    const file = openSync(join(folder, `huge.${kind}`), 'w');
    ftruncateSync(file, HUGE);
    closeSync(file);
    await refusedEverywhere('huge', kind);
  }
});

test('a thousand levels of nesting are refused', { timeout: 60_000 }, async () => {
  const deep = {
    json: `${'['.repeat(1000)}${']'.repeat(1000)}`,
    jsonl: `${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}\n`,
  };
  const others = { xml: `${'<a>'.repeat(1000)}${'</a>'.repeat(1000)}`, md: `---\n${'- '.repeat(1000)}a\n---\n` };
  for (const [kind, content] of Object.entries({ ...deep, ...others })) {
    writeFileSync(join(folder, `deep.${kind}`), content);
    await refusedEverywhere('deep', kind);
  }
});
