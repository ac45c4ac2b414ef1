import type { Signer } from '../approval/complete-statement.ts';
import { signoffFolder } from '../approval/file-names.ts';
import { allowedSignersAt } from '../approval/signoff-files.ts';
import { sshSigner } from '../approval/ssh-signer.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { escapeForTerminal } from '../base/text.ts';
import {
  isSecurityKey,
  listSigningKeys,
  type SigningKey,
  signingKeyFromFile,
  signingKeyOf,
  signingKeyOfText,
} from '../git/keys.ts';
import { resolveCommit, withObjects } from '../git/objects.ts';
import type { CommandContext, OptionHelp } from './command.ts';
import type { PolicyRepository } from './policy-repository.ts';
import type { Terminal } from './terminal.ts';

/** The option of every command that signs. */
export const KEY_OPTION: OptionHelp = {
  type: 'string',
  placeholder: '<file|SHA256:…>',
  help: 'the SSH key to sign with: its file, or the fingerprint of one that the agent holds (default: git’s signing key)',
};

/** Signs with the key. OpenSSH says nothing that a person would see while a security key waits for their touch. */
export function signerAtTerminal(
  key: SigningKey,
  { terminal, signal }: Pick<CommandContext, 'terminal' | 'signal'>,
): Signer {
  return (message) => {
    if (isSecurityKey(key)) terminal.note('Touch your security key when it blinks.\n');
    return sshSigner(key, signal)(message);
  };
}

/** A key that could sign here, and whose it is by HEAD's `allowed_signers`. */
interface Candidate {
  readonly key: SigningKey;
  readonly person: string | undefined;
}

/** Where git's set-up says nothing about SSH: the person chooses, and nothing is chosen for them. */
const ASKED_FOR = ['no-signing-key', 'signing-format-not-ssh'];

/**
 * The key to sign with: the one that was named, else the one that git signs with. Where git is set up for something else
 * or not at all, the person is asked, on a terminal; elsewhere the problem lists the keys that could be named.
 * Problems: those of `signingKeyOf`, `key-unreadable`, `no-signing-key`.
 */
export async function signingKeyFor(
  named: string | undefined,
  place: PolicyRepository,
  terminal: Terminal,
): Promise<Result<SigningKey>> {
  if (named !== undefined) return namedKey(named, place);
  // Whoever types the command here trusts this folder, as they do when they type `git commit -S`.
  const own = await signingKeyOf(place.repository, { workspace: 'trusted' });
  if (own.ok || !ASKED_FOR.includes(own.problem.code)) return own;
  const candidates = await candidatesIn(place);
  const why = own.problem.code === 'no-signing-key' ? 'Git has no signing key' : 'Git signs with OpenPGP or X.509 here';
  if (candidates.length === 0) {
    return fail(
      own.problem.code,
      `${why}, and there is no SSH key in ~/.ssh or in the agent to sign approvals with: make one with ssh-keygen -t ed25519, and run git config --global gpg.format ssh and git config --global user.signingkey ~/.ssh/id_ed25519.pub.`,
    );
  }
  const lines = candidates.map(({ key, person }) => wordsFor(key, person));
  if (terminal.ask === undefined) {
    return fail(
      own.problem.code,
      `${why}, and approvals need an SSH key: name one with --key, for example ${lines.join('; or ')}.`,
    );
  }
  terminal.note(`${why}, and approvals need an SSH key. Which one is yours?\n`);
  for (const [index, line] of lines.entries()) terminal.note(`  ${index + 1}  ${escapeForTerminal(line)}\n`);
  const answer = (await terminal.ask(`1–${candidates.length}, or nothing to stop: `))?.trim() ?? '';
  const chosen = /^[1-9][0-9]*$/.test(answer) ? candidates[Number(answer) - 1] : undefined;
  if (chosen === undefined) return fail('no-signing-key', 'No key was chosen, so nothing was signed.');
  if (chosen.key.path !== undefined)
    terminal.note(
      `To be asked no more: git config gpg.format ssh && git config user.signingkey ${shown(chosen.key)}\n`,
    );
  return succeed(chosen.key);
}

async function namedKey(named: string, place: PolicyRepository): Promise<Result<SigningKey>> {
  const literal = signingKeyOfText(named);
  if (literal !== undefined) return literal;
  if (!named.startsWith('SHA256:')) return signingKeyFromFile(named);
  const own = await signingKeyOf(place.repository, { workspace: 'trusted' });
  const known = [...(own.ok ? [own.value] : []), ...(await listSigningKeys())];
  const found = known.find(({ fingerprint }) => fingerprint === named);
  if (found !== undefined) return succeed(found);
  return fail('key-unreadable', `Neither the agent nor ~/.ssh has the key ${named}: add it with ssh-add.`);
}

/** Those that HEAD's `allowed_signers` knows stand first. */
async function candidatesIn({ repository, policyPath }: PolicyRepository): Promise<Candidate[]> {
  const head = await resolveCommit(repository, 'HEAD');
  const signers =
    head === undefined
      ? undefined
      : await withObjects(repository, (objects) => allowedSignersAt(objects, head, signoffFolder(policyPath)));
  const candidates = (await listSigningKeys()).map((key) => ({
    key,
    person: signers?.byFingerprint.get(key.fingerprint)?.person,
  }));
  return candidates.toSorted((a, b) => Number(a.person === undefined) - Number(b.person === undefined));
}

function wordsFor(key: SigningKey, person: string | undefined): string {
  return `${shown(key)} (${person ?? 'nobody that allowed_signers knows'})`;
}

function shown({ path, fingerprint }: SigningKey): string {
  return path ?? fingerprint;
}
