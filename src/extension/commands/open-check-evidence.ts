import { dirname, resolve } from 'node:path';
import { fail, succeed } from '../../base/result.ts';
import { COMMANDS } from '../ids.ts';
import { outcomesOf } from '../state/snapshot.ts';
import { t } from '../translation.ts';
import { type Command, textArgument } from './command.ts';
import { needAssessment } from './needs.ts';
import { checkOf } from './node-arguments.ts';

/** Opens a file that a check was computed from; of several, the one that is chosen. */
export const openCheckEvidence: Command = {
  id: COMMANDS.openEvidence,
  run: async (services, argument) => {
    const assessment = await needAssessment(services);
    if (!assessment.ok) return assessment;
    const check = textArgument(argument) ?? checkOf(argument);
    const outcomes = outcomesOf(services.state.snapshot).filter(({ id }) => check === undefined || id === check);
    const paths = [...new Set(outcomes.flatMap(({ evidence }) => evidence.map(({ path }) => path)))];
    if (paths.length === 0) {
      return check === undefined
        ? fail('no-evidence', t('No check was computed from a file.'))
        : fail('no-evidence', t('“{0}” was not computed from a file.', check));
    }
    const path = paths.length === 1 ? paths[0] : await choose(services, paths);
    if (path === undefined) return undefined;
    await services.editor.openInViewer(resolve(dirname(assessment.value.policyFile), path));
    return succeed(path);
  },
};

async function choose(
  { prompts }: Parameters<Command['run']>[0],
  paths: readonly string[],
): Promise<string | undefined> {
  const answer = await prompts.pickOne({
    title: t('Open Evidence'),
    placeholder: t('Which file?'),
    choices: paths.map((path) => ({ value: path, label: path, icon: 'file' })),
  });
  return answer.kind === 'given' ? answer.value : undefined;
}
