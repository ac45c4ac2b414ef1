import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { peerPython } from '../../scripts/lib/peer-python.ts';
import { inRepository } from '../../scripts/lib/repository.mjs';
import { sha256Hex } from '../../src/base/hashing.ts';
import { listModelFilesAt, modelIdOf } from '../../src/evidence/model-files.ts';
import { buildRepositories } from '../attacks/support/build-repositories.ts';
import type { Recipe } from '../attacks/support/recipe.ts';
import { makePerson } from '../unit/approval/support/person.ts';
import { FILES, makeWorld, POLICY } from '../unit/approval/support/sign-off-case.ts';
import { type Bench, type BenchRow, median, medianMilliseconds } from './row.ts';

const APPROVERS = 10;
const STARTS = 15;
const PARTS = 4;
const PART_MEGABYTES = 1_250;
const ROUNDS = 3;
const DAY_MS = 86_400_000;
const PROGRAMS = { 'the whole package': 'dist/cli/signoff.cjs', 'one file': 'dist/signoff-verify.cjs' } as const;

/** The pipeline's verifier from a cold start, and on a model of 5 GB beside openssl and OpenSSF's own verifier of models. */
export const bench: Bench = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'signoff-verify-'));
  try {
    return [...(await coldRows()), ...(await largeRows(folder))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Ten people have approved these files, yesterday, and have to. */
function approvedByTen(files: readonly { readonly name: string; readonly sha256: string }[]): Recipe {
  const people = Array.from({ length: APPROVERS }, (_, index) => makePerson(`person${index}@acme.example`));
  const policy = POLICY.replace(/ {2}dpia: .*\n/, '')
    .replace('data-science: [ana@acme.example]', `data-science: [${people.map(({ name }) => name).join(', ')}]`)
    .replace('{ data-science: 1, risk: 1 }', `{ data-science: ${APPROVERS} }`)
    .replace(', separate_from: [author, trained_by]', '');
  const world = makeWorld(policy);
  const assessment = world.assess({}, { model_id: modelIdOf(files) });
  const instant = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;
  const predicate = {
    ...{ role: 'data-science', assessment: { sha256: sha256Hex(assessment) } },
    ...{ issued: instant(Date.now() - DAY_MS), expires: instant(Date.now() + DAY_MS) },
  };
  return {
    policy,
    signers: people.map(({ line }) => `${line}\n`).join(''),
    approvals: people.map((by) => world.sign({ by, files, predicate })),
    assessments: [assessment],
  };
}

async function coldRows(): Promise<BenchRow[]> {
  const built = buildRepositories([approvedByTen(FILES)]);
  const [repository = ''] = built.folders;
  try {
    const rows: BenchRow[] = [];
    for (const [what, program] of Object.entries(PROGRAMS)) {
      rows.push({
        name: `verify from a cold start, ten approvals, small model, ${what}`,
        ours: await medianMilliseconds(STARTS, () => verify(program, repository, 'model')),
        unit: 'ms',
        budget: { atMost: 150 },
      });
    }
    return rows;
  } finally {
    built.remove();
  }
}

async function largeRows(folder: string): Promise<BenchRow[]> {
  const model = join(folder, 'model');
  mkdirSync(model);
  const paths = Array.from({ length: PARTS }, (_, part) => join(model, `part-${part}.bin`));
  for (const path of paths) await writePart(path);
  const listed = await listModelFilesAt(model);
  if (!listed.ok) throw new Error(listed.problem.message);
  const built = buildRepositories([approvedByTen(listed.value.files)]);
  const [repository = ''] = built.folders;
  const megabytesPerSecond = (work: () => void): number => {
    const start = performance.now();
    work();
    return (PARTS * PART_MEGABYTES * 1000) / (performance.now() - start);
  };
  try {
    const modelSigning = signWithModelSigning(folder, model);
    const ours: number[] = [];
    const openssl: number[] = [];
    const peer: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      ours.push(megabytesPerSecond(() => verify(PROGRAMS['one file'], repository, model)));
      openssl.push(megabytesPerSecond(() => run('openssl', ['dgst', '-sha256', ...paths])));
      if (modelSigning) peer.push(megabytesPerSecond(modelSigning));
    }
    const row = { name: 'verify of a 5 GB model, hashing and all', ours: median(ours), unit: 'MB/s' } as const;
    const rows: BenchRow[] = [
      { ...row, peer: { name: 'openssl', value: median(openssl) }, budget: { timesSlower: 1.25 } },
    ];
    if (modelSigning)
      rows.push({ ...row, peer: { name: 'model-signing', value: median(peer) }, budget: { timesFaster: 1 } });
    return rows;
  } finally {
    built.remove();
  }
}

/** Signs the model with OpenSSF's tool, and gives what verifies it; nothing where the tool can't be had. */
function signWithModelSigning(folder: string, model: string): (() => void) | undefined {
  const peer = peerPython('signing');
  if (!('python' in peer)) {
    console.error(peer.unavailable);
    return undefined;
  }
  const [key, publicKey, signature] = ['key.pem', 'public.pem', 'model.sig'].map((name) => join(folder, name));
  if (key === undefined || publicKey === undefined || signature === undefined) return undefined;
  run('openssl', ['ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', key]);
  run('openssl', ['ec', '-in', key, '-pubout', '-out', publicKey]);
  const tool = ['-c', 'from model_signing._cli import main; main()'];
  run(peer.python, [...tool, 'sign', 'key', '--private_key', key, '--signature', signature, model]);
  return () => run(peer.python, [...tool, 'verify', 'key', '--public_key', publicKey, '--signature', signature, model]);
}

function verify(program: string, repository: string, model: string): void {
  const question = ['--environment', 'production', '--model-path', model, '--trusted-ref', 'refs/heads/protected'];
  run(process.execPath, [inRepository(program), 'verify', ...question], repository);
}

function run(program: string, args: readonly string[], folder?: string): void {
  const options = { encoding: 'utf8', ...(folder === undefined ? {} : { cwd: folder }) } as const;
  const { status, stdout, stderr, error } = spawnSync(program, args, options);
  if (status !== 0) throw error ?? new Error(`${program} ${args.join(' ')}: ${stdout}${stderr}`);
}

async function writePart(path: string): Promise<void> {
  const piece = Buffer.alloc(1_000_000);
  for (let index = 0; index < piece.length; index += 1) piece[index] = (index * 2_654_435_761) >>> 24;
  const stream = createWriteStream(path);
  for (let written = 0; written < PART_MEGABYTES; written += 1) if (!stream.write(piece)) await once(stream, 'drain');
  stream.end();
  await finished(stream);
}
