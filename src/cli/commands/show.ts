import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describeRelease } from '../../approval/describe-release.ts';
import { describeStatement } from '../../approval/describe-statement.ts';
import { type ReadEnvelope, readEnvelope } from '../../approval/read-envelope.ts';
import { readSignedRelease, type SignedRelease } from '../../approval/signed-release.ts';
import { escapeForTerminal } from '../../base/text.ts';
import { parseAssessment } from '../../checks/serialise.ts';
import { renderAssessmentJson } from '../../report/assessment-json.ts';
import { renderAssessmentText } from '../../report/assessment-text.ts';
import { jsonText } from '../../report/json-text.ts';
import { renderFields } from '../../report/statement-text.ts';
import type { TerminalStyle } from '../../report/terminal-style.ts';
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
    const assessment = parseAssessment(bytes).value;
    if (assessment !== undefined) {
      terminal.print(
        format.value === 'json' ? renderAssessmentJson(assessment) : renderAssessmentText(assessment, terminal.style),
      );
      return EXIT.yes;
    }
    const release = readSignedRelease(bytes);
    if (release.ok) {
      terminal.print(format.value === 'json' ? releaseJson(release.value) : releaseText(release.value, terminal.style));
      return EXIT.yes;
    }
    const envelope = readEnvelope(bytes);
    if (!envelope.ok) {
      noteProblems(terminal, [{ ...envelope.problem, file }]);
      return EXIT.no;
    }
    terminal.print(
      format.value === 'json' ? envelopeJson(envelope.value) : envelopeText(envelope.value, terminal.style),
    );
    return EXIT.yes;
  },
};

function releaseText({ id, statement, signatures }: SignedRelease, style: TerminalStyle): string {
  const signed = [...signatures.keys()].map((key) => ({ label: 'Signed by', value: key }));
  const fields = [...describeRelease(statement), ...signed, { label: 'Statement id', value: id }];
  return renderFields(fields, style);
}

function releaseJson({ id, statement, signatures }: SignedRelease): string {
  return jsonText({ id, keys: [...signatures.keys()], statement });
}

function envelopeText({ id, statement, fingerprint }: ReadEnvelope, style: TerminalStyle): string {
  return renderFields(
    [
      ...describeStatement(statement),
      { label: 'Signature', value: `good, by the key ${fingerprint}; signoff verify tells whether it is trusted` },
      { label: 'Statement id', value: id },
    ],
    style,
  );
}

function envelopeJson({ id, statement, fingerprint }: ReadEnvelope): string {
  return jsonText({ id, key: fingerprint, statement });
}
