import { loadRunForPolicy } from '../checks/wanted-artifacts.ts';
import { openRunSource } from '../runs/open-run-source.ts';
import type { LoadRun } from './model-under-judgement.ts';

/** Loads a run from where the policy says that runs are. */
export const loadRun: LoadRun = async (policy, policyFolder, run, { artifacts, ...options }) => {
  const opened = await openRunSource(policy.run, policyFolder);
  if (!opened.ok) return opened;
  try {
    if (artifacts === 'not wanted') return await opened.value.load(run, options);
    return await loadRunForPolicy(opened.value, run, policy, options);
  } finally {
    opened.value.close();
  }
};
