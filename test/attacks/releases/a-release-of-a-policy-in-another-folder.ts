import { sha256Hex } from '../../../src/base/hashing.ts';
import { POLICY, SIGNERS } from '../../unit/approval/support/sign-off-case.ts';
import type { Attack } from '../support/attack.ts';
import { release, rita, rolf, underRoots } from '../support/release.ts';

export const attack: Attack = {
  code: 'release-mismatch',
  recipe: underRoots(
    release({
      by: [rita, rolf],
      subject: [
        { name: 'other/.signoff/allowed_signers', digest: { sha256: sha256Hex(SIGNERS) } },
        { name: 'other/signoff.yaml', digest: { sha256: sha256Hex(POLICY) } },
      ],
    }),
  ),
};
