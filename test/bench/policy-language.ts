// Every question of the language service to many mutated policies and to the whole YAML test suite: longer than fits into
// the tests, so it is started by hand. Half of the policies come from the design's example, half from the sample with
// what the engine knows of it. Ends with the slowest answers; a failure names the text's number and writes the text down.
//
//   POLICIES=50000 SEED=1 node test/bench/policy-language.ts [suite] [example] [sample] (figures: policy-language.md)
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRepository } from '../../scripts/lib/repository.mjs';
import { createSampleWorkspace } from '../../scripts/lib/sample-workspace.ts';
import { assess } from '../../src/extension/engine/assess.ts';
import { policyFacts } from '../../src/extension/engine/policy-facts.ts';
import { type Known, prepareFacts } from '../../src/policy/language/known.ts';
import { EXAMPLE } from '../unit/policy/example.ts';
import { askEverything } from '../unit/policy/language/every-question.ts';
import { mutatedPolicies } from '../unit/policy/language/mutations.ts';

const WANTED = process.argv.slice(2);
const wants = (part: 'suite' | 'example' | 'sample'): boolean => WANTED.length === 0 || WANTED.includes(part);
const POLICIES = Number(process.env['POLICIES'] ?? 50_000);
const SEED = Number(process.env['SEED'] ?? 1);
/** Mutations before this one are passed over, to share the work among processes. */
const FROM = Number(process.env['FROM'] ?? 0);
const YAML_SUITE = process.env['YAML_TEST_SUITE'] ?? inRepository('..', 'shared', 'corpora', 'yaml');
const PLACES_IN_SUITE = 9;

interface Asked {
  readonly name: string;
  readonly text: string;
  readonly offsets: readonly number[];
  readonly known?: Known;
}

const failures = mkdtempSync(join(tmpdir(), 'model-signoff-policies-'));
const times: { readonly name: string; readonly milliseconds: number }[] = [];
let failed = 0;

function look({ name, text, offsets, known }: Asked): void {
  const start = performance.now();
  try {
    askEverything(text, offsets, known);
  } catch (error) {
    failed += 1;
    const file = join(failures, `${name}.yaml`);
    writeFileSync(file, text);
    console.log(`${file} at ${offsets.join(', ')}: ${error instanceof Error ? error.stack : String(error)}`);
  }
  times.push({ name, milliseconds: performance.now() - start });
}

/** At the change, and at one more place of the text that wanders from end to end. */
function lookAtMutations(name: string, count: number, policy: string, known?: Known): void {
  let index = 0;
  for (const { text, offset } of mutatedPolicies(count, SEED, policy)) {
    const elsewhere = (index * 7919) % (text.length + 1);
    const asked = { name: `${name}-${index}`, text, offsets: [offset, elsewhere], ...(known && { known }) };
    if (index >= FROM) look(asked);
    index += 1;
    if (index % 1_000 === 0) console.log(`${name}: ${index} of ${count}, ${failed} failed`);
  }
}

/** What the engine and the editor know of the sample, as the language service gets it. */
async function sampleWithFacts(): Promise<{ readonly policy: string; readonly known: Known }> {
  const { folder, remove } = createSampleWorkspace();
  try {
    const policyFile = join(folder, 'signoff.yaml');
    const context = { signal: new AbortController().signal, reportProgress: () => undefined, surroundings: {} };
    const usual = { policyFile, run: undefined, trust: 'trusted', git: 'same', shown: undefined } as const;
    const looked = await assess({ ...usual, reading: { kind: 'whole' } }, context);
    const gathered = await policyFacts({ policyFile, run: undefined, trust: 'trusted' }, context);
    if (!looked.ok || typeof looked.value.assessed !== 'object' || !gathered.ok) throw new Error('The sample is odd.');
    const policy = readFileSync(policyFile, 'utf8');
    const { outcomes } = looked.value.assessed.assessment;
    const assessed = {
      policyText: policy,
      outcomes: outcomes.map((each) => ({ ...each, evidence: each.evidence.map(({ path }) => join(folder, path)) })),
    };
    return { policy, known: prepareFacts({ ...gathered.value.facts, assessed }) };
  } finally {
    remove();
  }
}

if (wants('suite') && existsSync(YAML_SUITE)) {
  const inputs = readdirSync(YAML_SUITE, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('in.yaml'),
  );
  for (const input of inputs) {
    const text = readFileSync(join(YAML_SUITE, input), 'utf8');
    const offsets = Array.from({ length: PLACES_IN_SUITE }, (_, place) =>
      Math.floor((text.length * place) / (PLACES_IN_SUITE - 1)),
    );
    look({ name: `suite-${input.replaceAll('/', '-')}`, text, offsets });
  }
  console.log(`YAML test suite: ${inputs.length} texts at ${PLACES_IN_SUITE} places each, ${failed} failed`);
}
const half = Math.ceil(POLICIES / 2);
if (wants('example')) lookAtMutations('example', POLICIES - half, EXAMPLE);
if (wants('sample')) {
  const { policy, known } = await sampleWithFacts();
  lookAtMutations('sample', half, policy, known);
}

times.sort((one, other) => other.milliseconds - one.milliseconds);
const at = (share: number): string => (times[Math.floor(times.length * share)]?.milliseconds ?? 0).toFixed(1);
console.log(
  `${times.length} texts, ${failed} failed; all questions to one took ${at(0.5)} ms in the middle, ${at(0.01)} ms at p99`,
);
for (const { name, milliseconds } of times.slice(0, 5)) console.log(`  ${milliseconds.toFixed(0)} ms  ${name}`);
process.exitCode = failed === 0 ? 0 : 1;
