import { HTTP_SYSTEMS, httpRings } from '../../src/pipeline/doorbells.ts';
import type { News } from '../../src/pipeline/news.ts';
import { probeTarget } from '../../src/pipeline/probes.ts';
import type { Policy } from '../../src/policy/schema.ts';
import { APPROVAL, COMMIT, type SystemCase, VERSION } from '../unit/pipeline/support/systems.ts';

export const POLICY = { model: 'credit', run: { folder: 'runs' } } as unknown as Policy;
export const NEWS: News = {
  ...{ event: 'on_approved', approvals: [APPROVAL], commit: COMMIT, model: 'credit', version: VERSION },
  ...{ run: 'run1', environment: 'production' },
};
const EVENTS: readonly News[] = [
  NEWS,
  { ...NEWS, event: 'on_rejected' },
  { ...NEWS, event: 'on_rolled_back' },
  { ...NEWS, progress: { have: 1, need: 2 } },
];
const SINCE = new Date('2026-01-02T03:04:05Z');
export const reach = { credentialFor: async () => ({ kind: 'bearer', token: 'token' }) as const };

/** Everything that a target's server is ever asked: for each news, what came of it, and by the doctor. */
export async function askEverything(system: SystemCase, url: string): Promise<void> {
  const target = system.target(url);
  for (const news of EVENTS) {
    for (const { doorbell } of httpRings(target, news, POLICY)) {
      const { run } = await doorbell.send(reach);
      const found = await doorbell.find(reach, SINCE);
      const known = run ?? (typeof found === 'object' ? found : { id: '7' });
      await doorbell.status?.(known, reach);
    }
  }
  for (const name of HTTP_SYSTEMS) if (target[name] !== undefined) await probeTarget(name, target, POLICY, reach);
}
