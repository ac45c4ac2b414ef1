import type { EnvironmentApprovals } from '../engine/approvals.ts';
import type { KeptApart, KeyChoice } from '../engine/signing-keys.ts';
import type { Choice } from '../prompts/prompts.ts';
import type { Step } from '../prompts/steps.ts';
import { t } from '../translation.ts';
import type { Answers } from './answers.ts';
import { openSeats } from './open-seats.ts';
import { map } from './questions.ts';
import type { Material } from './steps.ts';

/** In the order in which the picker shows them. */
const PLACES = ['fills-a-seat', 'no-seat', 'kept-apart', 'cannot'] as const;
type KeyPlace = (typeof PLACES)[number];

/** Whose key signs. What a signature with a key would be good for is said before it is chosen, not after. */
export function askKey(material: Material): Step<Answers> {
  const { title, prompts } = material;
  return {
    id: 'key',
    ask: async (answers, place) => {
      const { environments } = material;
      const environment = environments.find(({ name }) => name === answers.environment) ?? environments[0];
      const placed = material.keys
        .map((key) => ({ key, place: placeOf(key, material, environment) }))
        .toSorted((one, other) => PLACES.indexOf(one.place) - PLACES.indexOf(other.place));
      const answer = await prompts.pickOne({
        title,
        placeholder: t('Whose key signs?'),
        place,
        choices: placed.map((each) => keyChoice(each.key, each.place, environment, answers.key)),
      });
      return map(answer, (key) => {
        const [only, ...others] = key.roles;
        // With one role there is nothing to choose; with several, an answer given before may no longer fit.
        const { role, ...rest } = answers;
        const kept = role !== undefined && key.roles.includes(role) ? role : undefined;
        const next = others.length === 0 ? only : kept;
        return { ...rest, key, ...(next === undefined ? {} : { role: next }) };
      });
    },
  };
}

function placeOf(key: KeyChoice, material: Material, environment: EnvironmentApprovals | undefined): KeyPlace {
  if (key.person === undefined || key.roles.length === 0) return 'cannot';
  // Whoever had a hand in the model may still say no to it.
  if (material.intention === 'approve' && separationOf(key, environment) !== undefined) return 'kept-apart';
  const seats = environment === undefined ? [] : seatsFor(key, environment, material.intention);
  return seats.length > 0 ? 'fills-a-seat' : 'no-seat';
}

/** A rejection counts in every role that the environment asks for, filled or not. */
function seatsFor(
  { roles, person }: KeyChoice,
  environment: EnvironmentApprovals,
  intention: Material['intention'],
): readonly string[] {
  const asked = intention === 'reject' ? environment.candidate.seats : openSeats(environment);
  const waitedFor = asked.filter(({ role, holders }) => roles.includes(role) && holders.includes(person ?? ''));
  return (intention === 'reject' ? asked.filter(({ role }) => roles.includes(role)) : waitedFor).map(
    ({ role }) => role,
  );
}

function separationOf({ keptApart }: KeyChoice, environment: EnvironmentApprovals | undefined): KeptApart | undefined {
  return keptApart.find((each) => each.environment === environment?.name);
}

function keyChoice(
  key: KeyChoice,
  place: KeyPlace,
  environment: EnvironmentApprovals | undefined,
  chosen: KeyChoice | undefined,
): Choice<KeyChoice> {
  const who = key.person ?? key.label;
  const detail = `${key.fingerprint}  ${key.label}`;
  const base = { value: key, label: who, detail, chosen: key.fingerprint === chosen?.fingerprint };
  const roles = key.roles.join(', ');
  switch (place) {
    case 'fills-a-seat':
      return { ...base, icon: 'key', description: roles, heading: t('Fills a seat here') };
    case 'no-seat':
      return {
        ...base,
        icon: 'key',
        description: t('{0} · {1}', roles, whyNoSeat(key, environment)),
        heading: t('No seat here'),
      };
    case 'kept-apart': {
      const why = separationWords(separationOf(key, environment));
      return {
        ...base,
        icon: 'circle-slash',
        description: t('{0} · {1}', roles, why),
        heading: t('Kept apart'),
        refusal: t('{0} may not approve here: {1}. Choose another key.', who, why),
      };
    }
    case 'cannot': {
      const why = key.person === undefined ? t('not in .signoff/allowed_signers') : t('holds no role in the policy');
      return {
        ...base,
        icon: 'circle-slash',
        description: why,
        heading: t('Cannot sign here'),
        refusal: t('{0} can’t sign: {1}. Choose another key.', who, why),
      };
    }
  }
}

function whyNoSeat({ roles, person }: KeyChoice, environment: EnvironmentApprovals | undefined): string {
  const seats = environment?.candidate.seats ?? [];
  const own = seats.filter(({ role }) => roles.includes(role));
  if (own.length === 0) return t('this environment asks for no such role');
  const signed = seats.some(({ approvals }) => approvals.some((approval) => approval.person === person));
  return signed ? t('has signed already') : t('the seat is filled');
}

function separationWords(separation: KeptApart | undefined): string {
  const names = separation?.names.join(', ') ?? '';
  switch (separation?.from) {
    case 'trained_by':
      return t('trained this model ({0})', names);
    case 'policy_author':
      return t('last changed the policy ({0})', names);
    default:
      return t('wrote the commit that it was made from ({0})', names);
  }
}
