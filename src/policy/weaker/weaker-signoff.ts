import { countOf } from '../../base/text.ts';
import { durationMilliseconds } from '../duration.ts';
import type { PolicyPath } from '../policy-path.ts';
import type { Environment, Signoff } from '../schema.ts';
import type { Weakening } from '../weaker-policy.ts';
import { listed } from '../wording.ts';

const USUAL_EXPIRY = '90d';

/** In which ways fewer people, or less of them, are asked to sign. */
export function weakerSignoff(now: Signoff, before: Signoff): readonly Weakening[] {
  const environments = Object.entries(before.environments).flatMap(([name, old]): readonly Weakening[] => {
    const environment = Object.hasOwn(now.environments, name) ? now.environments[name] : undefined;
    return environment === undefined ? [] : weakerEnvironment(['signoff', 'environments', name], environment, old);
  });
  return [
    ...widerRoles(now.roles, before.roles),
    ...environments,
    ...weakerWaivers(now.waivers, before.waivers),
    ...lostAliases(now.aliases, before.aliases),
  ];
}

function widerRoles(now: Signoff['roles'], before: Signoff['roles']): readonly Weakening[] {
  return Object.entries(before).flatMap(([role, people]) => {
    const added = (Object.hasOwn(now, role) ? (now[role] ?? []) : []).filter((person) => !people.includes(person));
    const message = `${listed(added.map((person) => `"${person}"`))} may sign as "${role}" here, but may not`;
    return added.length === 0 ? [] : [{ path: ['signoff', 'roles', role], message }];
  });
}

/** A name that belongs to nobody any more keeps nobody apart. */
function lostAliases(now: Signoff['aliases'] = {}, before: Signoff['aliases'] = {}): readonly Weakening[] {
  return Object.entries(before).flatMap(([person, names]) => {
    const known = Object.hasOwn(now, person) ? (now[person] ?? []) : [];
    const gone = names.filter((name) => !known.includes(name)).map((name) => `"${name}"`);
    const message = `${listed(gone)} is nobody’s name here, but is that of "${person}"`;
    const path = known.length > 0 ? ['signoff', 'aliases', person] : ['signoff'];
    return gone.length === 0 ? [] : [{ path, message }];
  });
}

function weakerEnvironment(path: PolicyPath, now: Environment, before: Environment): readonly Weakening[] {
  const found: Weakening[] = [];
  for (const [role, need] of Object.entries(before.require)) {
    const written = Object.hasOwn(now.require, role) ? (now.require[role] ?? 0) : 0;
    if (written < need) {
      const place = written === 0 ? [...path, 'require'] : [...path, 'require', role];
      found.push({
        path: place,
        message: `${written === 0 ? 'Nobody' : written} of "${role}" must approve here, but ${need} must`,
      });
    }
  }
  if (now.automatic === true && before.automatic !== true) {
    found.push({ path: [...path, 'automatic'], message: 'A machine may approve here, but may not' });
  }
  if (before.require_touch === true && now.require_touch !== true) {
    found.push({ path, message: 'No security key has to be touched here, but one has to be' });
  }
  const [expiry, limit] = [now.expires_after ?? USUAL_EXPIRY, before.expires_after ?? USUAL_EXPIRY];
  if ((durationMilliseconds(expiry) ?? 0) > (durationMilliseconds(limit) ?? 0)) {
    const place = now.expires_after === undefined ? path : [...path, 'expires_after'];
    found.push({ path: place, message: `Approvals last ${expiry} here, and ${limit}` });
  }
  const apart = new Set(now.separate_from);
  const gone = (before.separate_from ?? []).filter((each) => !apart.has(each));
  if (gone.length > 0) {
    const place = now.separate_from === undefined ? path : [...path, 'separate_from'];
    found.push({
      path: place,
      message: `"separate_from" lacks ${listed(gone.map((each) => `"${each}"`))} here, which is asked for`,
    });
  }
  return found;
}

function weakerWaivers(now: Signoff['waivers'], before: Signoff['waivers']): readonly Weakening[] {
  const path = ['signoff', 'waivers'];
  if (now === undefined) return [];
  if (before === undefined) return [{ path, message: `"${now.role}" may waive checks here, but nobody may` }];
  const found: Weakening[] = [];
  if (now.max_days > before.max_days) {
    const message = `A waiver may last ${countOf(now.max_days, 'day')} here, and ${before.max_days}`;
    found.push({ path: [...path, 'max_days'], message });
  }
  if (before.second_person === true && now.second_person !== true) {
    found.push({ path, message: 'One person alone may waive a check here, but two have to' });
  }
  return found;
}
