import type { CommitTag } from '../git/list-tags.ts';

/** A version of an artifact that GTO's tags registered, at one commit. */
export interface GtoVersion {
  /** With its folder, where its `dvc.yaml` is not the project's own: `folder:name`. */
  readonly name: string;
  /** As the tag has it (`v1.2.3`); the commit's id where only a stage was assigned. */
  readonly version: string;
  /** Stages that it is in now, in alphabetical order. */
  readonly stages: readonly string[];
}

interface GtoEvent {
  readonly name: string;
  readonly commit: string;
  readonly time: number;
  readonly counter: number;
  readonly act:
    | { readonly kind: 'register' | 'deregister'; readonly version: string }
    | { readonly kind: 'assign' | 'unassign'; readonly stage: string }
    | { readonly kind: 'deprecate' | 'create' };
}

const NAME = '[a-zA-Z0-9](?:[a-zA-Z0-9/_-]{0,200}[a-zA-Z0-9])?';
const PART = '(?:0|[1-9]\\d{0,15})';
const VERSION = `v${PART}\\.${PART}\\.${PART}(?:-[0-9A-Za-z.-]{1,100})?(?:\\+[0-9A-Za-z.-]{1,100})?`;
const TAG = new RegExp(
  `^(?:([a-zA-Z0-9_./-]{1,200})=)?(${NAME})(?:#(${NAME})(!?)|@(${VERSION})(!?)|@(deprecated|created))(?:#(\\d{1,15}))?$`,
);

/**
 * The versions and stages that GTO's tags say, by commit. The newest tag counts: a version that was taken back is none, a
 * stage belongs to the commit that it was assigned to last, and an artifact that was deprecated last has nothing.
 */
export function gtoVersions(tags: readonly CommitTag[]): Map<string, readonly GtoVersion[]> {
  const events = tags.flatMap((tag) => eventOf(tag) ?? []).sort((a, b) => a.time - b.time || a.counter - b.counter);
  const byName = Map.groupBy(events, ({ name }) => name);
  const found: (GtoVersion & { readonly commit: string })[] = [];
  for (const [name, ofName] of byName) found.push(...versionsOf(name, ofName));
  return Map.groupBy(found, ({ commit }) => commit);
}

function eventOf({ name: tag, commit, time }: CommitTag): GtoEvent | undefined {
  const match = TAG.exec(tag);
  if (match === null) return undefined;
  const [, folder, own = '', stage, unassigned, version, deregistered, other, counter] = match;
  const name = folder === undefined ? own : `${folder}:${own}`;
  const event = { name, commit, time, counter: Number(counter ?? 0) };
  if (stage !== undefined) return { ...event, act: { kind: unassigned === '!' ? 'unassign' : 'assign', stage } };
  if (version !== undefined)
    return { ...event, act: { kind: deregistered === '!' ? 'deregister' : 'register', version } };
  return { ...event, act: { kind: other === 'deprecated' ? 'deprecate' : 'create' } };
}

function versionsOf(name: string, all: readonly GtoEvent[]): (GtoVersion & { readonly commit: string })[] {
  const events = all.slice(all.findLastIndex(({ act }) => act.kind === 'deprecate') + 1);
  const versions = new Map<string, string>();
  const stages = new Map<string, string[]>();
  for (const { act, commit } of events) {
    if (act.kind === 'register') versions.set(act.version, commit);
    if (act.kind === 'deregister') versions.delete(act.version);
    if (act.kind !== 'assign' && act.kind !== 'unassign') continue;
    const others = (stages.get(act.stage) ?? []).filter((other) => other !== commit);
    stages.set(act.stage, act.kind === 'assign' ? [...others, commit] : others);
  }
  const stagesAt = (commit: string) =>
    [...stages]
      .filter(([, commits]) => commits.at(-1) === commit)
      .map(([stage]) => stage)
      .sort();
  const registered = [...versions].map(([version, commit]) => ({ name, version, commit, stages: stagesAt(commit) }));
  const versioned = new Set(versions.values());
  const unversioned = [...new Set([...stages.values()].flatMap((commits) => commits.at(-1) ?? []))];
  return [
    ...registered,
    ...unversioned
      .filter((commit) => !versioned.has(commit))
      .map((commit) => ({ name, version: commit, commit, stages: stagesAt(commit) })),
  ];
}
