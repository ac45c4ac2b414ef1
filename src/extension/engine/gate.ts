import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Result, succeed } from '../../base/result.ts';
import { openRepository } from '../../git/repository.ts';
import { GATE_SYSTEMS, type GateSystem } from '../../pipeline/gates/gate.ts';
import {
  type GateDefaults,
  type GatePlace,
  type GateWishes,
  gateDefaults,
  proposeGate,
} from '../../pipeline/gates/propose-gate.ts';
import { writeGate } from '../../pipeline/gates/write-gate.ts';
import { branches } from './branches.ts';
import { pathInRepository, readPolicyWithBytes } from './open-policy.ts';

/** What a person may choose from, and what is taken where nobody chooses. */
export interface GateChoices {
  readonly defaults: GateDefaults;
  /** In the policy's order. */
  readonly environments: readonly { readonly name: string; readonly signedBy: 'people' | 'the pipeline itself' }[];
  /** Full names of branches, remote ones first. */
  readonly branches: readonly string[];
  readonly systems: readonly SystemPlace[];
}

/** Where a system's gate usually lies, relative to the repository's top level. */
export interface SystemPlace {
  readonly system: GateSystem;
  readonly path: string;
  readonly file: 'is there' | 'is new';
}

export interface GateInput {
  readonly policyFile: string;
  readonly system: GateSystem;
  readonly wishes: GateWishes;
}

/** A gate's text, and the file in which it usually lies, absolute; whether or not one is there already. */
export interface GateDraft {
  readonly file: string;
  readonly text: string;
}

export async function gateChoices({ policyFile }: Pick<GateInput, 'policyFile'>): Promise<Result<GateChoices>> {
  const found = await placeOf(policyFile);
  if (!found.ok) return found;
  const { repository, policy } = found.value;
  const known = await branches({ policyFile });
  if (!known.ok) return known;
  const { environments } = policy.signoff;
  const names = Object.keys(environments);
  const sample = await proposeGate(found.value, { environment: names[0] });
  if (!sample.ok) return sample;
  return succeed({
    defaults: await gateDefaults(found.value),
    environments: names.map((name) => ({
      name,
      signedBy: environments[name]?.automatic === true ? 'the pipeline itself' : 'people',
    })),
    branches: known.value,
    systems: GATE_SYSTEMS.map((system) => {
      const { path } = writeGate(system, sample.value);
      return { system, path, file: existsSync(join(repository.topLevel, path)) ? 'is there' : 'is new' };
    }),
  });
}

export async function gate({ policyFile, system, wishes }: GateInput): Promise<Result<GateDraft>> {
  const place = await placeOf(policyFile);
  if (!place.ok) return place;
  const proposed = await proposeGate(place.value, wishes);
  if (!proposed.ok) return proposed;
  const { path, text } = writeGate(system, proposed.value);
  return succeed({ file: join(place.value.repository.topLevel, path), text });
}

async function placeOf(policyFile: string): Promise<Result<GatePlace>> {
  const opened = await openRepository(dirname(policyFile));
  if (!opened.ok) return opened;
  const read = await readPolicyWithBytes(policyFile);
  if (!read.ok) return read;
  const repository = opened.value;
  return succeed({ repository, policy: read.value.policy, policyPath: pathInRepository(repository, policyFile) });
}
