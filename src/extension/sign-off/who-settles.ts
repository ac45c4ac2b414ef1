import type { Outcome } from '../../checks/outcome.ts';
import type { Policy } from '../../policy/schema.ts';
import { t } from '../translation.ts';
import { visible } from '../visible-text.ts';
import { type OpenPoint, openPointsOf } from './open-points.ts';

export interface Settlement {
  readonly kind: OpenPoint['kind'];
  /** `risk (ben@acme.example)`, or that any approver may. */
  readonly who: string;
}

/** How a person could settle a check that is open, and who; undefined where nobody may. */
export function whoSettles(outcome: Outcome, policy: Policy): Settlement | undefined {
  const roles = Object.entries(policy.signoff.roles);
  const able = roles.flatMap(([role, people]) => {
    const [point] = openPointsOf([outcome], policy, role);
    return point === undefined
      ? []
      : [{ kind: point.kind, who: `${visible(role)} (${people.map(visible).join(', ')})` }];
  });
  const [first] = able;
  if (first === undefined) return undefined;
  // What anybody may say needs no list of everybody.
  const isEverybody = able.length === roles.length && able.length > 1;
  return { kind: first.kind, who: isEverybody ? t('any approver') : able.map(({ who }) => who).join(' · ') };
}
