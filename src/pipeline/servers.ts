import type { Policy } from '../policy/schema.ts';
import { type HttpSystem, httpRings } from './doorbells.ts';
import type { News } from './news.ts';

export interface PipelineServer {
  readonly origin: string;
  readonly system: HttpSystem;
}

/** The servers that a policy has pipelines on, each origin once, in the policy's order. */
export function pipelineServers(policy: Policy): PipelineServer[] {
  const news: Omit<News, 'environment'> = {
    ...{ event: 'on_approved', approvals: [], commit: '', model: policy.model, version: '', run: '' },
  };
  const found = Object.entries(policy.pipeline ?? {}).flatMap(([environment, events]) =>
    Object.values(events)
      .flatMap((targets) => targets ?? [])
      .flatMap((target) => httpRings(target, { ...news, environment }, policy))
      .map(({ doorbell, system }) => ({ origin: doorbell.origin, system })),
  );
  return found.filter(
    ({ origin }, index) => origin !== '' && found.findIndex((each) => each.origin === origin) === index,
  );
}
