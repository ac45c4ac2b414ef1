import { countOf } from '../../base/text.ts';
import type { PolicyPath } from '../policy-path.ts';
import type { Environment } from '../schema.ts';
import { type Lint, mustBeDeclared } from './context.ts';
import { lintDuplicates } from './duplicates.ts';
import { lintMachines } from './machines.ts';
import { lintOrder } from './order.ts';
import { seatsThatCanBeTaken } from './seats.ts';

const MOST_SEATS = 200;

export function lintEnvironments(lint: Lint): void {
  const path = ['signoff', 'environments'];
  const { environments } = lint.policy.signoff;
  const names = Object.keys(environments);
  if (names.length === 0) {
    lint.errorAtKey('no-environments', path, 'There is no environment that a model could be approved for; add one.');
    return;
  }
  lintOrder(lint, path, names, 'the last environment is the default');
  for (const [name, environment] of Object.entries(environments)) {
    lintEnvironment(lint, [...path, name], environment);
  }
  lintMachines(lint);
}

function lintEnvironment(lint: Lint, path: PolicyPath, environment: Environment): void {
  lintDuplicates(lint, [...path, 'separate_from'], environment.separate_from);
  lintTouch(lint, path, environment);
  const required = Object.entries(environment.require);
  if (required.length === 0) {
    const message = `"${String(path.at(-1))}" requires nobody, so anything would be approved; require at least one person.`;
    lint.errorAtKey('no-quorum', [...path, 'require'], message);
    return;
  }
  const seats: (readonly string[])[] = [];
  let possible = true;
  for (const [role, count] of required) {
    possible = lintSeats(lint, [...path, 'require', role], role, count) && possible;
    if (possible) {
      seats.push(...Array.from({ length: count }, () => peopleIn(lint, role)));
    }
  }
  if (seats.length > MOST_SEATS) {
    const message = `"${String(path.at(-1))}" needs ${seats.length} people; more than ${MOST_SEATS} can't be asked for.`;
    lint.errorAtKey('too-many-people', [...path, 'require'], message);
    return;
  }
  if (possible && seatsThatCanBeTaken(seats) < seats.length) {
    const people = new Set(seats.flat()).size;
    const message = `"${String(path.at(-1))}" needs ${seats.length} different people, but its roles can't seat them with ${people}; nobody fills two seats.`;
    lint.errorAtKey('too-few-people', [...path, 'require'], message);
  }
}

/** Nobody is there to touch the key of a machine. */
function lintTouch(lint: Lint, path: PolicyPath, { automatic, require_touch }: Environment): void {
  if (automatic !== true || require_touch !== true) return;
  const message = `"${String(path.at(-1))}" is approved automatically, and no machine touches a security key; remove one of the two.`;
  lint.errorAtKey('touch-by-machine', [...path, 'require_touch'], message);
}

function lintSeats(lint: Lint, path: PolicyPath, role: string, count: number): boolean {
  const { roles } = lint.policy.signoff;
  if (!Object.hasOwn(roles, role)) {
    return mustBeDeclared(lint, path, role, 'role', Object.keys(roles), 'key');
  }
  const people = peopleIn(lint, role).length;
  if (count <= people) {
    return true;
  }
  const has = people === 0 ? 'nobody' : `only ${countOf(people, 'person', 'people')}`;
  lint.errorAtValue(
    'too-few-people',
    path,
    `${count} of "${role}" must approve, but it has ${has}; add people or require fewer.`,
  );
  return false;
}

function peopleIn(lint: Lint, role: string): readonly string[] {
  return [...new Set(lint.policy.signoff.roles[role] ?? [])];
}
