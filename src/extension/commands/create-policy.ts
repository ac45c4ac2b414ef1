import { basename, dirname, join } from 'node:path';
import { fail, succeed } from '../../base/result.ts';
import { COMMANDS, POLICY_FILE_NAME } from '../ids.ts';
import { t } from '../translation.ts';
import type { Command } from './command.ts';

/** Proposes a policy from the runs and tables that are there, unsaved: a person reads it before it holds anybody to anything. */
export const createPolicy: Command = {
  id: COMMANDS.createPolicy,
  run: async ({ state, editor, engine, prompts }) => {
    const [first, ...others] = editor.folders();
    if (first === undefined) return fail('no-folder', t('Open a folder first: the policy lies beside the runs.'));
    const policies = await state.policies();
    const answer =
      others.length === 0
        ? ({ kind: 'given', value: first } as const)
        : await prompts.pickOne({
            title: t('Create Policy'),
            placeholder: t('Which folder holds the runs?'),
            choices: [first, ...others].map((each) => ({
              value: each,
              label: basename(each),
              detail: each,
              description: policyIn(each, policies) === undefined ? '' : t('has a policy'),
            })),
          });
    if (answer.kind !== 'given') return undefined;
    const folder = answer.value;
    // Nothing is ever written over: where there is a policy, it is opened.
    const shown = policies.find((path) => path === state.snapshot.policyFile);
    const there = others.length === 0 ? (shown ?? policies[0]) : policyIn(folder, policies);
    if (there !== undefined) {
      await editor.openFile(there);
      return succeed(there);
    }
    const proposal = await prompts.withProgress(t('Reading the runs'), (reportProgress, signal) =>
      engine.call('proposePolicy', { folder, trust: editor.trust() }, { signal, reportProgress }),
    );
    if (!proposal.ok) return proposal;
    return succeed(await editor.openDraft(join(folder, POLICY_FILE_NAME), proposal.value));
  },
};

/** At its top, or one level below. */
function policyIn(folder: string, policies: readonly string[]): string | undefined {
  return policies.find((path) => [dirname(path), dirname(dirname(path))].includes(folder));
}
