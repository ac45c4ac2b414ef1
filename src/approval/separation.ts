import { shellWord } from '../base/shell-word.ts';
import { foldName } from '../policy/same-name.ts';
import type { Policy } from '../policy/schema.ts';

/** Names of people who had a hand in the model, as git and the tracking server spell them. Nothing here is proven. */
export interface Involved {
  readonly author: readonly string[];
  readonly policy_author: readonly string[];
  readonly trained_by: readonly string[];
  /** The e-mail that stands beside an author's name in git: where the policy knows it, the name is nobody unknown. */
  readonly emailOf?: ReadonlyMap<string, string>;
  /** What can't be told here, because the clone is shallow or partial. */
  readonly untold?: readonly Separation[];
  /** Where that is, when the model lies in another repository than the policy. */
  readonly untoldIn?: { readonly topLevel: string; readonly shallow: boolean } | undefined;
}

export type Separation = NonNullable<Signoff['environments'][string]['separate_from']>[number];

type Signoff = Policy['signoff'];

/** Which of the environment's separations the person breaks, or undefined. */
export function brokenSeparation(
  person: string,
  signoff: Signoff,
  environment: string,
  involved: Involved,
): Separation | undefined {
  const names = namesOf(person, signoff);
  const separations = signoff.environments[environment]?.separate_from ?? [];
  return separations.find((kind) => involved[kind].some((name) => names.has(foldName(name))));
}

/** All names of a person, folded: their own and their aliases. */
function namesOf(person: string, signoff: Signoff): ReadonlySet<string> {
  const { aliases } = signoff;
  const others = aliases !== undefined && Object.hasOwn(aliases, person) ? (aliases[person] ?? []) : [];
  return new Set([person, ...others].map(foldName));
}

/** Names that belong to nobody whom the policy knows: separation can't be judged for them, so people should be told. */
export function unknownNames(signoff: Signoff, environment: string, involved: Involved): string[] {
  const people = new Set(Object.values(signoff.roles).flat());
  const known = new Set([...people].flatMap((person) => [...namesOf(person, signoff)]));
  const separations = signoff.environments[environment]?.separate_from ?? [];
  const isKnown = (name: string | undefined): boolean => name !== undefined && known.has(foldName(name));
  return [...new Set(separations.flatMap((kind) => involved[kind]))].filter(
    (name) => !isKnown(name) && !isKnown(involved.emailOf?.get(name)),
  );
}

/** What people are told about such names; undefined where there is none. */
export function unknownNamesWarning(names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const who = names.map((name) => `"${name}"`).join(', ');
  return `The policy does not say who ${who} ${names.length === 1 ? 'is' : 'are'} (signoff.aliases), so nobody is kept apart from ${names.length === 1 ? 'that name' : 'those names'}.`;
}

/** What is missing here to keep people apart, and the command that brings it; undefined where nothing is. */
export function missingHistory(
  { untold = [], untoldIn }: Involved,
  clone: { readonly shallow: boolean },
): { readonly lack: string; readonly command: string } | undefined {
  if (untold.length === 0) return undefined;
  const git = untoldIn === undefined ? 'git' : `git -C ${shellWord(untoldIn.topLevel)}`;
  const where = untoldIn === undefined ? 'This clone' : 'The clone that the model lies in';
  return {
    lack: `${where} lacks the history that tells from whom approvers are to be separate (${untold.join(', ')})`,
    command: (untoldIn ?? clone).shallow ? `${git} fetch --unshallow` : `${git} fetch --refetch --no-filter`,
  };
}

/** What somebody is told of it before they sign; empty where nothing is missing. */
export function missingHistoryWarning(involved: Involved, clone: { readonly shallow: boolean }): readonly string[] {
  const missing = missingHistory(involved, clone);
  if (missing === undefined) return [];
  const { lack, command } = missing;
  return [
    `${lack}: nobody can tell here whether you may approve, and verify refuses in such a clone. Before you sign, run: ${command}`,
  ];
}

/** The roles that machines sign in: those that an automatic environment requires. */
export function machineRoles(signoff: Signoff): ReadonlySet<string> {
  const automatic = Object.values(signoff.environments).filter((environment) => environment.automatic === true);
  return new Set(automatic.flatMap(({ require }) => Object.keys(require)));
}

/** Someone who acts both for a machine and as a person: they count in neither place. */
export function isMachineAndPerson(person: string, signoff: Signoff): boolean {
  const machines = machineRoles(signoff);
  const held = Object.keys(signoff.roles).filter((role) => signoff.roles[role]?.includes(person));
  const asPerson = held.filter((role) => !machines.has(role) || requiredOfPeople(role, signoff));
  return held.some((role) => machines.has(role)) && asPerson.length > 0;
}

function requiredOfPeople(role: string, { environments }: Signoff): boolean {
  return Object.values(environments).some(
    ({ automatic, require }) => automatic !== true && Object.hasOwn(require, role),
  );
}
