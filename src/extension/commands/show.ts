import { basename } from 'node:path';
import { fail, succeed } from '../../base/result.ts';
import { COMMANDS } from '../ids.ts';
import { t } from '../translation.ts';
import { type Command, textArgument } from './command.ts';

/** Shows an approval, a release or an assessment in words, as `signoff show` does: the file that is named, else the open one. */
export const show: Command = {
  id: COMMANDS.show,
  run: async ({ editor, engine, state }, argument) => {
    const path = textArgument(argument) ?? editor.activeFile();
    if (path === undefined) {
      return fail('no-file', t('Open a file of .signoff first: an approval, a release or an assessment.'));
    }
    const { policyFile } = await state.settled();
    const text = await editor.readText(path);
    const read = await engine.call('readSigned', { text, policyFile, trust: editor.trust() });
    if (!read.ok) return fail(read.problem.code, `${basename(path)}: ${read.problem.message}`);
    await editor.openReadOnly(basename(path, '.json'), read.value.text);
    return succeed(read.value);
  },
};
