import { join } from 'node:path';
import { fail, succeed } from '../../base/result.ts';
import { COMMANDS, POLICY_FILE_NAME } from '../ids.ts';
import { t } from '../translation.ts';
import type { Command } from './command.ts';

/** Proposes a policy from the runs and tables that are there, unsaved: a person reads it before it holds anybody to anything. */
export const createPolicy: Command = {
  id: COMMANDS.createPolicy,
  run: async ({ state, editor, engine, prompts }) => {
    const folder = editor.folders()[0];
    if (folder === undefined) return fail('no-folder', t('Open a folder first: the policy lies beside the runs.'));
    const { policyFile } = state.snapshot;
    if (policyFile !== undefined) {
      await editor.openFile(policyFile);
      return succeed(policyFile);
    }
    const proposal = await prompts.withProgress(t('Reading the runs'), (reportProgress, signal) =>
      engine.call('proposePolicy', { folder, trust: editor.trust() }, { signal, reportProgress }),
    );
    if (!proposal.ok) return proposal;
    const file = join(folder, POLICY_FILE_NAME);
    await editor.openDraft(file, proposal.value);
    return succeed(file);
  },
};
