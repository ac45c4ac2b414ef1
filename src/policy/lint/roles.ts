import type { PolicyPath } from '../policy-path.ts';
import { foldName } from '../same-name.ts';
import { type Lint, mustBeDeclared } from './context.ts';

/** Roles, waivers and aliases: every name is one person, and every power has somebody who holds it. */
export function lintRoles(lint: Lint): void {
  const { roles, waivers } = lint.policy.signoff;
  const spellings = new Map<string, string>();
  for (const [role, people] of Object.entries(roles)) {
    people.forEach((person, index) => {
      const path = ['signoff', 'roles', role, index];
      const known = spellings.get(foldName(person));
      if (known !== undefined && known !== person) {
        const message = `"${person}" and "${known}" would count as two people; write them alike.`;
        lint.errorAtValue('two-spellings', path, message, known);
      }
      spellings.set(foldName(person), known ?? person);
      if (people.indexOf(person) !== index) {
        lint.errorAtValue('duplicate-person', path, `"${person}" stands twice in "${role}"; remove one of the two.`);
      }
      if (person !== person.trim() || /[\s,*?!"#]/u.test(person)) {
        const message = `"${person}" can't be a person in allowed_signers; write a name without spaces, commas, quotes or wildcards.`;
        lint.errorAtValue('bad-person', path, message);
      }
    });
  }
  if (waivers !== undefined) {
    const held = lintRoleReference(lint, ['signoff', 'waivers', 'role'], waivers.role, 'nobody could waive');
    if (held && waivers.second_person === true && new Set(roles[waivers.role]).size < 2) {
      const message = `A waiver needs a second person of "${waivers.role}", which has only one; add a person or remove the key.`;
      lint.errorAtKey('too-few-people', ['signoff', 'waivers', 'second_person'], message);
    }
  }
  lintAliases(lint, spellings);
}

/** A role that is named is declared and has somebody in it. */
export function lintRoleReference(lint: Lint, path: PolicyPath, role: string, consequence: string): boolean {
  const { roles } = lint.policy.signoff;
  if (!mustBeDeclared(lint, path, role, 'role', Object.keys(roles))) {
    return false;
  }
  if ((roles[role] ?? []).length > 0) {
    return true;
  }
  lint.errorAtValue('empty-role', path, `The role "${role}" has nobody in it, so ${consequence}; add a person.`);
  return false;
}

/** `people` are those of the roles, by their folded names. */
function lintAliases(lint: Lint, people: ReadonlyMap<string, string>): void {
  const known = new Set(people.values());
  const owners = new Map<string, string>();
  for (const [person, names] of Object.entries(lint.policy.signoff.aliases ?? {})) {
    const path = ['signoff', 'aliases', person];
    if (!known.has(person)) {
      const message = `"${person}" is in no role, so the aliases separate nobody; name a person of a role.`;
      lint.errorAtKey('unknown-person', path, message);
    }
    names.forEach((name, index) => {
      const folded = foldName(name);
      const owner = owners.get(folded);
      if (owner !== undefined && owner !== person) {
        const message = `"${name}" is an alias of "${owner}" and of "${person}"; one name is one person.`;
        lint.errorAtValue('shared-alias', [...path, index], message);
      }
      if (folded !== foldName(person) && people.has(folded)) {
        const message = `"${name}" is a person in a role and an alias of "${person}"; one person must not count as two.`;
        lint.errorAtValue('shared-alias', [...path, index], message);
      }
      owners.set(folded, person);
    });
  }
}
