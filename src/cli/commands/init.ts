import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { ATTRIBUTES_CONTENT } from '../../approval/file-names.ts';
import { SIGNATURE_NAMESPACE } from '../../approval/statement.ts';
import { escapeForTerminal } from '../../base/text.ts';
import { proposePolicy } from '../../checks/proposal/propose-policy.ts';
import { readSettings, settingOf } from '../../git/git-settings.ts';
import { type SigningKey, signingKeyOf } from '../../git/keys.ts';
import { openRepository, type Repository } from '../../git/repository.ts';
import type { Command, CommandContext } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { POLICY_FILE_NAME } from '../policy-file.ts';
import { noteProblems, type Terminal } from '../terminal.ts';

/** Writes the first policy and the first signer. It only ever creates files. */
export const initCommand: Command = {
  name: 'init',
  summary: 'Writes a starter policy from the runs and tables found here, and lists your signing key as a signer.',
  operands: '',
  options: {
    policy: { type: 'string', placeholder: '<file>', help: `the policy to write (default: ${POLICY_FILE_NAME})` },
  },
  run: async (input, context) => {
    const { terminal, folder } = context;
    const policyFile = resolve(folder, input.text('policy') ?? POLICY_FILE_NAME);
    if (existsSync(policyFile)) {
      terminal.note(
        `${escapeForTerminal(relative(folder, policyFile))} is there already, and init never overwrites; edit it, or name another with --policy.\n`,
      );
      return EXIT.cannotAsk;
    }
    const policyFolder = dirname(policyFile);
    const repository = await openRepository(policyFolder);
    const signer = repository.ok ? await ownSigner(repository.value, terminal) : undefined;
    const proposal = await proposePolicy({
      folder: policyFolder,
      person: signer?.person ?? 'you@example.com',
      environment: process.env,
      trust: 'trusted',
      signal: context.signal,
      reportProgress: terminal.reportProgress,
    });
    if (!proposal.ok) {
      noteProblems(terminal, [proposal.problem]);
      return EXIT.cannotAsk;
    }
    await createFile(policyFile, proposal.value.text, context);
    if (!repository.ok) noteProblems(terminal, [repository.problem]);
    if (signer?.key !== undefined) await addSigner(policyFolder, signer.person, signer.key, context);
    const { table, runName } = proposal.value;
    const source = table === undefined ? `the run ${runName}` : `the run ${runName} and its table ${table}`;
    terminal.note(`Proposed from ${escapeForTerminal(source)}. Read every bound, commit, then run signoff check.\n`);
    return EXIT.yes;
  },
};

interface OwnSigner {
  readonly person: string;
  readonly key: SigningKey | undefined;
}

async function ownSigner(repository: Repository, terminal: Terminal): Promise<OwnSigner | undefined> {
  const settings = await readSettings(repository, '^user\\.email$');
  const person = settingOf(settings, 'user.email');
  if (person === undefined || /\s/u.test(person)) {
    terminal.note(
      'Git does not know your e-mail address, so the policy names nobody yet; run git config user.email <address>.\n',
    );
    return undefined;
  }
  const key = await signingKeyOf(repository, { workspace: 'trusted' });
  if (!key.ok) noteProblems(terminal, [key.problem]);
  return { person, key: key.ok ? key.value : undefined };
}

async function addSigner(
  policyFolder: string,
  person: string,
  key: SigningKey,
  context: CommandContext,
): Promise<void> {
  const folder = join(policyFolder, '.signoff');
  const signers = join(folder, 'allowed_signers');
  if (existsSync(signers)) {
    context.terminal.note(
      `${escapeForTerminal(relative(context.folder, signers))} is there already and was left as it is.\n`,
    );
    return;
  }
  await mkdir(folder, { recursive: true });
  const attributes = join(folder, '.gitattributes');
  if (!existsSync(attributes)) await createFile(attributes, ATTRIBUTES_CONTENT, context);
  await createFile(signers, `${person} namespaces="${SIGNATURE_NAMESPACE}" ${key.publicKey}\n`, context);
}

/** `wx`: a file that appeared meanwhile is not ours to overwrite. */
async function createFile(path: string, content: string, { folder, terminal }: CommandContext): Promise<void> {
  await writeFile(path, content, { flag: 'wx' });
  terminal.print(`${escapeForTerminal(relative(folder, path) || path)}\n`);
}
