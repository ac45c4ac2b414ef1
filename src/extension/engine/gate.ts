import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Result, succeed } from '../../base/result.ts';
import { openRepository } from '../../git/repository.ts';
import type { GateSystem } from '../../pipeline/gates/gate.ts';
import { type GateWishes, proposeGate } from '../../pipeline/gates/propose-gate.ts';
import { writeGate } from '../../pipeline/gates/write-gate.ts';
import { pathInRepository, readPolicyWithBytes } from './open-policy.ts';

export interface GateInput {
  readonly policyFile: string;
  readonly system: GateSystem;
  readonly wishes: GateWishes;
}

/** A gate's text, and a file that is not there yet. */
export interface GateDraft {
  readonly file: string;
  readonly text: string;
}

/** The gate for a system. Where its usual file is there already, it gets a name beside it. */
export async function gate({ policyFile, system, wishes }: GateInput): Promise<Result<GateDraft>> {
  const opened = await openRepository(dirname(policyFile));
  if (!opened.ok) return opened;
  const repository = opened.value;
  const read = await readPolicyWithBytes(policyFile);
  if (!read.ok) return read;
  const place = { repository, policy: read.value.policy, policyPath: pathInRepository(repository, policyFile) };
  const proposed = await proposeGate(place, wishes);
  if (!proposed.ok) return proposed;
  const { path, text } = writeGate(system, proposed.value);
  return succeed({ file: freeName(join(repository.topLevel, path)), text });
}

function freeName(file: string): string {
  for (let copy = 0; ; copy += 1) {
    const name = copy === 0 ? file : `${file}.signoff${copy === 1 ? '' : `-${copy}`}`;
    if (!existsSync(name)) return name;
  }
}
