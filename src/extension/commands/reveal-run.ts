import { basename, dirname } from 'node:path';
import { fail, succeed } from '../../base/result.ts';
import { COMMANDS } from '../ids.ts';
import { t } from '../translation.ts';
import { type Command, textArgument } from './command.ts';
import { needSoundPolicy } from './needs.ts';
import { runOf } from './node-arguments.ts';

/** Shows the folder that holds what a run left: the run in the checklist where none is named. */
export const revealRun: Command = {
  id: COMMANDS.revealRun,
  run: async (services, argument) => {
    const { engine, editor, state, prompts } = services;
    const policyFile = await needSoundPolicy(services);
    if (!policyFile.ok) return policyFile;
    const run = textArgument(argument) ?? runOf(argument) ?? state.snapshot.assessed?.assessment.run.id;
    if (run === undefined) return fail('no-run', t('There is no run whose folder could be shown.'));
    const wanted = { policyFile: policyFile.value, run, trust: editor.trust() };
    const loaded = await prompts.withProgress(t('Loading the runs'), (reportProgress, signal) =>
      engine.call('loadRun', wanted, { reportProgress, signal }),
    );
    if (!loaded.ok) return loaded;
    const { artifactFolder, artifactsAre, name } = loaded.value;
    if (artifactFolder === undefined || artifactsAre === 'copies') {
      return fail('no-folder', t('What {0} left is not on this machine.', name));
    }
    // A file store keeps metrics and parameters beside the artifacts: the folder above is the run's.
    const folder = basename(dirname(artifactFolder)) === run ? dirname(artifactFolder) : artifactFolder;
    await editor.revealFolder(folder);
    return succeed(folder);
  },
};
