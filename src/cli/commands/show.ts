import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { escapeForTerminal } from '../../base/text.ts';
import { readSignedFile, signedFileJson, signedFileText } from '../../report/signed-file.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { choiceOf } from '../options.ts';
import { noteProblems, problemInWords } from '../terminal.ts';

const FORMATS = ['text', 'json'] as const;

/** Prints what an approval, a release or an assessment says, for people who don't read base64. */
export const showCommand: Command = {
  name: 'show',
  summary:
    'Prints what an approval, release or assessment file says. Exit code 1 means that it is not one, or its signature is bad.',
  operands: '<file>',
  options: { format: { type: 'string', placeholder: FORMATS.join('|'), help: 'how to answer (default: text)' } },
  run: async (input, { terminal, folder }) => {
    const format = choiceOf(input, 'format', FORMATS);
    const [file, ...others] = input.positionals;
    if (!format.ok || file === undefined || others.length > 0) {
      terminal.note(`${format.ok ? 'signoff show takes one file.' : problemInWords(format.problem)}\n`);
      return EXIT.cannotAsk;
    }
    const path = resolve(folder, file);
    const isFile = (await stat(path).catch(() => undefined))?.isFile() ?? true;
    const bytes = isFile ? await readFile(path).catch((error: Error) => error) : new Error('it is not a regular file');
    if (bytes instanceof Error) {
      terminal.note(`${escapeForTerminal(file)} can't be read: ${escapeForTerminal(bytes.message)}\n`);
      return EXIT.cannotAsk;
    }
    const signed = readSignedFile(bytes);
    if (!signed.ok) {
      noteProblems(terminal, [{ ...signed.problem, file }]);
      return EXIT.no;
    }
    terminal.print(
      format.value === 'json' ? signedFileJson(signed.value) : signedFileText(signed.value, terminal.style),
    );
    return EXIT.yes;
  },
};
