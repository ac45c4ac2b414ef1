import type { Reference, Values, Written } from './reference-case.ts';
import { ourValues } from './reference-case.ts';

const RELATIVE = 1e-9;
const ABSOLUTE = 1e-12;

/** A formula's largest distance from its reference. */
export interface Distance {
  readonly relative: number;
  readonly absolute: number;
  /** How many numbers were compared. */
  readonly numbers: number;
}

export interface Agreement {
  /** One sentence per number that is too far from its reference. */
  readonly disagreements: readonly string[];
  readonly distances: ReadonlyMap<string, Distance>;
}

/** Holds every number of ours to the reference's: within 1e-9 of it, or 1e-12; what is undefined there is NaN here. */
export function compare(reference: Reference): Agreement {
  const disagreements: string[] = [];
  const distances = new Map<string, Distance>();
  for (const given of reference.cases) {
    const ours = ourValues(given, reference.constants);
    for (const [formula, expected] of Object.entries(given.expected)) {
      const theirs = Array.isArray(expected) ? expected : [expected as Written];
      const found = listOf(ours, formula);
      const name = `${given.task} ${formula}`;
      if (found.length !== theirs.length)
        disagreements.push(`${given.name}: ${formula} has ${found.length} values, not ${theirs.length}`);
      for (const [index, written] of theirs.entries()) {
        const value = found[index] ?? Number.NaN;
        const wanted = numberOf(written);
        distances.set(name, farther(distances.get(name), value, wanted));
        if (!agrees(value, wanted))
          disagreements.push(`${given.name}: ${formula}[${index}] is ${value}, not ${wanted}`);
      }
    }
  }
  return { disagreements, distances };
}

function listOf(ours: Values, formula: string): number[] {
  const value = ours[formula];
  if (value === undefined) return [];
  return typeof value === 'number' ? [value] : Array.from(value);
}

function numberOf(written: Written): number {
  return written === null ? Number.NaN : Number(written);
}

function agrees(value: number, wanted: number): boolean {
  if (Number.isNaN(wanted)) return Number.isNaN(value);
  return value === wanted || Math.abs(value - wanted) <= Math.max(ABSOLUTE, RELATIVE * Math.abs(wanted));
}

function farther(before: Distance | undefined, value: number, wanted: number): Distance {
  const { relative = 0, absolute = 0, numbers = 0 } = before ?? {};
  const distance = value === wanted ? 0 : Math.abs(value - wanted);
  if (Number.isNaN(distance)) return { relative, absolute, numbers: numbers + 1 };
  return {
    relative: Math.max(relative, wanted === 0 ? 0 : distance / Math.abs(wanted)),
    absolute: Math.max(absolute, distance),
    numbers: numbers + 1,
  };
}
