import type { PolicyPath } from '../policy-path.ts';
import type { Lint } from './context.ts';

/** Where machines may approve, their roles and keys are theirs alone: they share no seat, person or environment with people. */
export function lintMachines(lint: Lint): void {
  const { environments, roles, waivers } = lint.policy.signoff;
  const machineRoles = new Set<string>();
  for (const { automatic, require } of Object.values(environments)) {
    if (automatic === true) {
      for (const role of Object.keys(require)) {
        machineRoles.add(role);
      }
    }
  }
  const required = new Set<string>();
  for (const [name, { automatic, require }] of Object.entries(environments)) {
    if (automatic === true) {
      continue;
    }
    for (const role of Object.keys(require)) {
      required.add(role);
      lintPersonalSeat(lint, ['signoff', 'environments', name, 'require', role], role, machineRoles);
    }
  }
  for (const role of Object.keys(roles)) {
    if (!machineRoles.has(role) && !required.has(role)) {
      lintPersonalRole(lint, ['signoff', 'roles', role], role, machineRoles);
    }
  }
  if (waivers !== undefined && machineRoles.has(waivers.role)) {
    const message = `"${waivers.role}" approves automatically, and a machine waives nothing; name a role of people.`;
    lint.errorAtValue('machine-and-person', ['signoff', 'waivers', 'role'], message);
  }
  lintAttestations(lint, machineRoles);
}

function lintPersonalSeat(lint: Lint, path: PolicyPath, role: string, machineRoles: ReadonlySet<string>): void {
  if (machineRoles.has(role)) {
    const message = `"${role}" approves automatically elsewhere, so it can't fill a person’s seat here; name a role of people.`;
    lint.errorAtKey('machine-and-person', path, message);
    return;
  }
  lintPersonalRole(lint, path, role, machineRoles);
}

/** A role that nobody requires may still waive or attest. */
function lintPersonalRole(lint: Lint, path: PolicyPath, role: string, machineRoles: ReadonlySet<string>): void {
  const machines = new Set([...machineRoles].flatMap((machineRole) => lint.policy.signoff.roles[machineRole] ?? []));
  const shared = lint.policy.signoff.roles[role]?.find((person) => machines.has(person));
  if (shared !== undefined) {
    const message = `"${shared}" is in "${role}" and in a role that approves automatically; machines and people are kept apart.`;
    lint.errorAtKey('machine-and-person', path, message);
  }
}

function lintAttestations(lint: Lint, machineRoles: ReadonlySet<string>): void {
  for (const [id, check] of Object.entries(lint.policy.checks)) {
    if (check.check === 'attestation' && check.role !== undefined && machineRoles.has(check.role)) {
      const message = `"${check.role}" approves automatically, and a machine attests nothing; name a role of people.`;
      lint.errorAtValue('machine-and-person', ['checks', id, 'role'], message);
    }
  }
}
