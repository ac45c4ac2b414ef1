import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { locateArtifact } from '../../evidence/locate-artifact.ts';
import type { Policy } from '../../policy/schema.ts';
import type { Run } from '../../runs/run.ts';

/** More files than these are not looked after one by one. */
const MOST_FILES = 500;
/** Clocks of file systems are coarse: a file written this shortly before may be written again within the same tick. */
const COARSEST_CLOCK_MS = 2_000;

/**
 * What tells whether any file that a policy names, for any of these runs, has come, gone or changed; undefined where
 * that can't be told: too many files, or one that was written since `since` (milliseconds since 1970).
 */
export function inputStamps(
  policy: Policy,
  runs: Iterable<Run>,
  { policyFile, since }: { readonly policyFile: string; readonly since: number },
): string | undefined {
  const policyFolder = dirname(policyFile);
  const stamps: string[] = [];
  for (const run of runs) {
    for (const reference of referencesOf(policy)) {
      const located = locateArtifact(reference, { run, policyFolder });
      const paths = located.ok ? located.value.absolute : [];
      for (const path of paths) {
        const stamp = stampOf(path, since);
        if (stamp === undefined || stamps.length >= MOST_FILES) return undefined;
        stamps.push(`${run.id}\n${reference}\n${path}\n${stamp}`);
      }
    }
  }
  return stamps.join('\n\n');
}

/** Every text in the places where policies name files; those that name none find none. */
function referencesOf({ run, datasets, checks }: Policy): ReadonlySet<string> {
  const inChecks = Object.values(checks).flatMap((check) =>
    Object.values(check).filter((value) => typeof value === 'string'),
  );
  const inDatasets = Object.values(datasets).map(({ path }) => path);
  return new Set([...(run.artifact === undefined ? [] : [run.artifact]), ...inDatasets, ...inChecks]);
}

function stampOf(path: string, since: number): string | undefined {
  try {
    const { mtimeMs, size, ino } = statSync(path);
    return mtimeMs >= since - COARSEST_CLOCK_MS ? undefined : `${mtimeMs}/${size}/${ino}`;
  } catch {
    return 'gone';
  }
}
