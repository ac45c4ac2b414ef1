import fc from 'fast-check';
import type { Gate } from '../../../../src/pipeline/gates/gate.ts';
import { whyNotInPipelineFile } from '../../../../src/pipeline/gates/refusals.ts';

/** Signs that some language of these files gives a meaning. */
const SIGNS = [
  ...`'"\`$\\;&|<>(){}[]*?!#~%^=+-@:,./ `,
  '$(touch pwned)',
  '$HOME',
  '\\n',
  '%s',
  "'''",
  ': ',
  ' #',
  '模',
];
const odd = fc
  .oneof(
    fc.string({ minLength: 1, unit: 'binary' }),
    fc.array(fc.constantFrom(...SIGNS), { minLength: 1 }).map((signs) => signs.join('')),
  )
  .filter((text) => whyNotInPipelineFile(text) === undefined);
/** Gates whose every name is one that is not refused, and may mean something to some reader of it. */
export const oddGates: fc.Arbitrary<Gate> = fc
  .record({ model: odd, environment: odd, modelPath: odd, policyPath: odd, address: odd, remote: odd, branch: odd })
  .map(({ address, remote, branch, ...names }) => ({
    ...names,
    trustedRef: `refs/remotes/${remote.replaceAll('/', '-')}/${branch}`,
    verifier: { kind: 'file', place: `https://example.com/${address}`, sha256: '0'.repeat(64) },
    deploy: 'echo deployed > deployed',
  }));
