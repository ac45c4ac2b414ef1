import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeRunId } from '../../../approval/file-names.ts';
import { checkAt, namesIn, textAt } from '../../../policy/language/sketch.ts';
import type { PlainObject } from '../../../policy/yaml/to-plain.ts';
import type { RunSummary } from '../../../runs/run.ts';

/** More runs than these are not looked back at. */
const MOST_RUNS = 12;
const MOST_FILES_A_RUN = 20;
const LARGEST_ASSESSMENT_BYTES = 4e6;

type Values = ReadonlyMap<string, number | null>;

/** The finished runs before the one that is shown, oldest first. `runs` are newest first, as sources list them. */
export function earlierRuns<Run extends Pick<RunSummary, 'id' | 'status'>>(
  runs: readonly Run[],
  shown: string,
): readonly Run[] {
  const place = runs.findIndex(({ id }) => id === shown);
  return runs
    .slice(place + 1)
    .filter(({ status }) => status === 'finished')
    .slice(0, MOST_RUNS)
    .reverse();
}

/** Whether any check is of a number that runs log, so that their metrics are worth reading. */
export function looksAtLogged(plain: PlainObject): boolean {
  return namesIn(plain, ['checks']).some((id) => loggedValue(checkAt(plain, id)) !== undefined);
}

/**
 * What each check came to on earlier runs, in their order: from the run itself where the check is of a logged metric,
 * else from the assessments that were signed. Checks that nothing is known of are left out.
 *
 * @param logged latest values of logged metrics, by run
 * @param folder `.signoff/assessments/<model>`, absolute
 */
export async function valueHistory(
  plain: PlainObject,
  earlier: readonly RunSummary[],
  logged: ReadonlyMap<string, RunSummary['metrics']>,
  folder: string,
): Promise<Readonly<Record<string, readonly (number | null)[]>>> {
  const signed = new Map<string, Values>();
  for (const { id } of earlier) signed.set(id, await signedValues(join(folder, encodeRunId(id))));
  const history: Record<string, readonly (number | null)[]> = Object.create(null);
  for (const id of namesIn(plain, ['checks'])) {
    const name = loggedValue(checkAt(plain, id));
    const values = earlier.map((run) =>
      name === undefined ? (signed.get(run.id)?.get(id) ?? null) : (logged.get(run.id)?.get(name)?.value ?? null),
    );
    if (values.some((value) => value !== null)) history[id] = values;
  }
  return history;
}

/** The logged metric whose latest value is the check's own. A comparison's value is a drop, which no run logs. */
function loggedValue(check: PlainObject | undefined): string | undefined {
  return check?.['against'] === undefined && isValueItself(check) ? textAt(check, 'logged') : undefined;
}

function isValueItself(check: PlainObject | undefined): boolean {
  return ['metric', 'operations'].includes(textAt(check, 'check') ?? '') && check?.['step'] === undefined;
}

/** The values of the newest assessment of a run; none where there is none. Nothing is decided by them. */
async function signedValues(folder: string): Promise<Values> {
  const names = await readdir(folder).catch(() => []);
  const files: { readonly path: string; readonly time: number }[] = [];
  for (const name of names.filter((each) => each.endsWith('.json')).slice(0, MOST_FILES_A_RUN)) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found?.isFile() === true && found.size <= LARGEST_ASSESSMENT_BYTES) files.push({ path, time: found.mtimeMs });
  }
  const newest = files.toSorted((one, other) => other.time - one.time)[0];
  return newest === undefined ? new Map() : valuesOf(await readFile(newest.path, 'utf8').catch(() => ''));
}

function valuesOf(text: string): Values {
  try {
    const { outcomes } = JSON.parse(text) as { outcomes?: unknown };
    const found = Array.isArray(outcomes) ? (outcomes as readonly { id?: unknown; value?: unknown }[]) : [];
    return new Map(found.map(({ id, value }) => [String(id), typeof value === 'number' ? value : null]));
  } catch {
    return new Map();
  }
}
