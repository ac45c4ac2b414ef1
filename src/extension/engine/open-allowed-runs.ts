import { dirname } from 'node:path';
import { fail, type Result, succeed } from '../../base/result.ts';
import type { RunSourcePolicy } from '../../policy/schema.ts';
import { openRunSource } from '../../runs/open-run-source.ts';
import type { OpenRuns, RunSurroundings } from '../../runs/open-runs.ts';
import type { Trust } from './operation-context.ts';

/** Which runs to open, and what for. */
export interface RunsWanted {
  /** Absolute. */
  readonly policyFile: string;
  readonly source: RunSourcePolicy;
  readonly trust: Trust;
  readonly surroundings: RunSurroundings;
}

/** Opens a policy's runs as far as the workspace's trust allows: a policy of strangers may not choose who is called. */
export async function openAllowedRuns({
  policyFile,
  source,
  trust,
  surroundings,
}: RunsWanted): Promise<Result<OpenRuns>> {
  if (trust === 'trusted') return openRunSource(source, dirname(policyFile), surroundings);
  if (isServer(source)) {
    return fail(
      'network-untrusted',
      'The policy’s runs are on a server, and this folder is not trusted: trust it to let the server be asked.',
    );
  }
  if ('dvc' in source) {
    return fail(
      'git-untrusted',
      'DVC’s runs are commits, and this folder is not trusted: trust it to let git be asked for them.',
    );
  }
  const opened = await openRunSource(source, dirname(policyFile));
  return opened.ok ? succeed(withoutFetching(opened.value)) : opened;
}

function isServer(source: RunSourcePolicy): boolean {
  return 'mlflow' in source && /^https?:/i.test(source.mlflow.trim());
}

/** Artifacts may lie on another machine though the list of runs lies here. */
function withoutFetching(runs: OpenRuns): OpenRuns {
  return {
    source: runs.source,
    list: (options) => runs.list(options),
    load: (id, options) => runs.load(id, options),
    close: () => runs.close(),
  };
}
