// Takes one guard after the other out of a copy of the source and runs the attacks that it stops. Each must come through
// then, or be refused for another reason where another guard stands behind it. Arguments: parts of guards' names.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRepository } from '../../scripts/lib/repository.mjs';
import type { Edit, Guard } from '../attacks/guards/guard.ts';
import { GUARDS } from '../attacks/guards.ts';
import { attackFiles } from '../attacks/support/load-cases.ts';

interface Outcome {
  readonly file: string;
  readonly approved: boolean;
  readonly asExpected: boolean;
  readonly codes: readonly string[];
}

const wanted = process.argv.slice(2);
const guards = GUARDS.filter(({ guard }) => wanted.length === 0 || wanted.some((part) => guard.includes(part)));
const copy = mkdtempSync(join(tmpdir(), 'signoff-guards-'));
let wrong = 0;
try {
  for (const name of ['src', 'test/attacks', 'test/unit', 'package.json'])
    cpSync(inRepository(name), join(copy, name), { recursive: true });
  symlinkSync(inRepository('node_modules'), join(copy, 'node_modules'));
  for (const guard of guards) for (const outcome of withoutGuard(guard)) report(guard, outcome);
  if (wanted.length === 0) reportUnguarded();
} finally {
  rmSync(copy, { recursive: true, force: true });
}
console.log(`${guards.length} guards removed, ${wrong} outcomes not as the list says`);
process.exitCode = wrong === 0 ? 0 : 1;

function withoutGuard({ edits, stops }: Guard): Outcome[] {
  const honest = new Map(edits.map(([file]) => [file, readFileSync(inRepository('src', file), 'utf8')]));
  const changed = new Map(honest);
  for (const edit of edits) changed.set(edit[0], apply(edit, changed.get(edit[0]) ?? ''));
  try {
    for (const [file, text] of changed) writeFileSync(join(copy, 'src', file), text);
    const script = join(copy, 'test/attacks/support/run-attacks.ts');
    const { stdout, stderr } = spawnSync(process.execPath, [script, ...stops], { cwd: copy, encoding: 'utf8' });
    const outcomes = stdout.split('\n').filter((line) => line !== '');
    if (outcomes.length === stops.length) return outcomes.map((line) => JSON.parse(line) as Outcome);
    const codes = [`crashed: ${stderr.split('\n').find((line) => line.includes('Error')) ?? ''}`];
    return stops.map((file) => ({ file, approved: false, asExpected: false, codes }));
  } finally {
    for (const [file, text] of honest) writeFileSync(join(copy, 'src', file), text);
  }
}

function apply([file, from, to]: Edit, text: string): string {
  if (text.split(from).length !== 2) throw new Error(`src/${file} has not once: ${from}`);
  return text.replace(from, () => to);
}

function report({ guard, behindIt }: Guard, { file, approved, asExpected, codes }: Outcome): void {
  const what = approved
    ? 'accepted'
    : asExpected
      ? 'still refused the same way'
      : `refused otherwise: ${codes.join(', ')}`;
  const asListed = behindIt === undefined ? approved : !asExpected;
  if (!asListed) wrong += 1;
  console.log(`${asListed ? '✔' : '✖'} without “${guard}”, ${file} is ${what}`);
}

function reportUnguarded(): void {
  const stopped = new Set(GUARDS.flatMap(({ stops }) => stops));
  for (const file of attackFiles()) {
    if (stopped.has(file.slice(0, -'.ts'.length))) continue;
    wrong += 1;
    console.log(`✖ no guard is listed for ${file}`);
  }
}
