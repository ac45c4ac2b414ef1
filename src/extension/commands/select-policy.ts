import { relative } from 'node:path';
import { fail, succeed } from '../../base/result.ts';
import { COMMANDS } from '../ids.ts';
import { t } from '../translation.ts';
import { type Command, textArgument } from './command.ts';

/** Chooses the policy that the views are about, where a workspace has several. */
export const selectPolicy: Command = {
  id: COMMANDS.selectPolicy,
  run: async ({ state, prompts, editor }, argument) => {
    const policies = await state.policies();
    if (policies.length === 0) {
      return fail('no-policy', t('There is no signoff.yaml in this folder: create a policy first.'));
    }
    const named = textArgument(argument);
    if (named !== undefined && !policies.includes(named)) {
      return fail('no-policy', t('There is no policy “{0}” in this workspace.', named));
    }
    const current = (await state.settled()).policyFile;
    const answer =
      named === undefined
        ? await prompts.pickOne({
            title: t('Select Policy'),
            placeholder: t('Which policy should the views be about?'),
            choices: policies.map((path) => ({
              value: path,
              label: nameIn(editor.folders(), path),
              detail: path,
              chosen: path === current,
            })),
          })
        : ({ kind: 'given', value: named } as const);
    if (answer.kind !== 'given') return undefined;
    await state.selectPolicy(answer.value);
    return succeed(answer.value);
  },
};

/** The shortest path that a folder of the workspace gives it. */
function nameIn(folders: readonly string[], path: string): string {
  const names = folders.map((folder) => relative(folder, path)).filter((name) => !name.startsWith('..'));
  return names.toSorted((one, other) => one.length - other.length)[0] ?? path;
}
