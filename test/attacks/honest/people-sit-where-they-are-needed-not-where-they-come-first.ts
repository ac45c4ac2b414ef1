import { ana, ben, DPIA, makeWorld, POLICY } from '../../unit/approval/support/sign-off-case.ts';
import type { Recipe } from '../support/recipe.ts';

const policy = POLICY.replace(
  'data-science: [ana@acme.example]',
  'data-science: [ana@acme.example, ben@acme.example]',
).replace('risk: [ben@acme.example, eve@acme.example]', 'risk: [ben@acme.example, ana@acme.example]');
const flexible = makeWorld(policy);

export const recipe: Recipe = {
  policy,
  approvals: [
    flexible.sign({ by: ana, predicate: { role: 'data-science' } }),
    flexible.sign({ by: ana, predicate: { role: 'risk', attestations: [DPIA] } }),
    flexible.sign({ by: ben, predicate: { role: 'data-science' } }),
  ],
};
