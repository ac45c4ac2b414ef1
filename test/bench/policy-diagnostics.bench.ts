import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { inRepository } from '../../scripts/lib/repository.mjs';
import { yamlLanguageServer } from '../../scripts/lib/yaml-language-server.ts';
import { LanguageClient, startLanguageWorker } from '../../src/extension/language/language-client.ts';
import type { OutcomeFacts, PolicyFacts } from '../../src/policy/language/facts.ts';
import { longPolicy } from './long-policy.ts';
import type { Bench } from './row.ts';

const WARM_UP = 30;
const KEYSTROKES = 200;
const PEER_WARM_UP = 3;
const PEER_KEYSTROKES = 20;

/**
 * From a keystroke in the design's long policy to its diagnostics in the host: the text's way to the thread, parsing,
 * rules, facts and outcomes of every check, and the way back. Beside it what the YAML language server takes to hold the
 * same texts against our schema, in its own process and without any way.
 */
export const bench: Bench = async () => {
  const ours = await timeOurs();
  const peer = await timePeer();
  return [
    {
      name: 'diagnostics after a keystroke, 1,000 lines, 95th percentile',
      ours,
      unit: 'ms',
      ...(peer === undefined ? {} : { peer }),
      budget: { atMost: 16 },
    },
  ];
};

/** The policy after so many keystrokes in the middle of a line in its middle. */
function typed(policy: string, keystrokes: number): string {
  const at = policy.indexOf('why: ', policy.length / 2) + 'why: '.length;
  return policy.slice(0, at) + 'abcdefghij'.repeat(30).slice(0, keystrokes % 300) + policy.slice(at);
}

async function timeOurs(): Promise<number> {
  const script = pathToFileURL(inRepository('dist', 'extension', 'language-worker.js'));
  const client = new LanguageClient(
    () => startLanguageWorker(script as URL),
    (message) => console.error(message),
  );
  const policy = longPolicy();
  const uri = 'file:///signoff.yaml';
  client.setText({ uri, version: 0 }, policy);
  client.setFacts(uri, factsOf(policy));
  const timings: number[] = [];
  for (let version = 1; version <= WARM_UP + KEYSTROKES; version += 1) {
    const text = typed(policy, version);
    const start = performance.now();
    client.setText({ uri, version }, text);
    const found = await client.ask('diagnostics', { uri, version }, undefined);
    if (found?.length !== 125) throw new Error(`${found?.length} remarks in place of 125.`);
    if (version > WARM_UP) timings.push(performance.now() - start);
  }
  client.dispose();
  return percentile95(timings);
}

/** Every check fails, so that each has something to say. */
function factsOf(policyText: string): PolicyFacts {
  const outcomes = Array.from({ length: 125 }, (_, index): OutcomeFacts => {
    const id = `auc-${index}`;
    return {
      ...{ id, title: id, severity: 'required', status: 'fail', value: 0.6, interval: [0.55, 0.65], rows: 4000 },
      ...{
        bound: { min: 0.7 },
        formula: 'roc_auc/midrank',
        message: `${id} is too low.`,
        evidence: ['/holdout.parquet'],
      },
    };
  });
  return {
    tables: {
      'run:eval/predictions.parquet': {
        files: ['/holdout.parquet'],
        rows: 4000,
        columns: ['defaulted', 'p_default', 'sex'].map((name) => ({ name, type: 'number' })),
      },
    },
    signers: ['ana', 'ben'].map((name, line) => ({ person: `${name}@acme.example`, standing: 'may sign', line })),
    assessed: { policyText, outcomes },
    history: {},
  };
}

async function timePeer(): Promise<{ readonly name: string; readonly value: number } | undefined> {
  const schema: unknown = JSON.parse(readFileSync(inRepository('dist', 'signoff.schema.json'), 'utf8'));
  const server = yamlLanguageServer(schema);
  if (server === undefined) return undefined;
  const policy = longPolicy();
  const timings: number[] = [];
  for (let keystroke = 1; keystroke <= PEER_WARM_UP + PEER_KEYSTROKES; keystroke += 1) {
    const text = typed(policy, keystroke);
    const start = performance.now();
    await server.validate(text);
    if (keystroke > PEER_WARM_UP) timings.push(performance.now() - start);
  }
  return { name: server.name, value: percentile95(timings) };
}

function percentile95(timings: readonly number[]): number {
  const sorted = timings.toSorted((one, other) => one - other);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN;
}
