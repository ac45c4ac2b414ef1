import { type CompletedRelease, completeRelease } from '../../approval/complete-release.ts';
import { type PreparedRelease, prepareRelease, type ReleaseChanges } from '../../approval/prepare-release.ts';
import { releaseState } from '../../approval/release-state.ts';
import { fail, type Problem, type Result, succeed } from '../../base/result.ts';
import { escapeForTerminal } from '../../base/text.ts';
import { type SigningKey, signingKeyFromFile } from '../../git/keys.ts';
import { renderFields } from '../../report/statement-text.ts';
import type { Command, CommandContext, CommandInput } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { openPolicyRepository, type PolicyRepository } from '../policy-repository.ts';
import { PUSH_OPTION, pushAfter } from '../push-after.ts';
import { KEY_OPTION, signerAtTerminal, signingKeyFor } from '../signing-key.ts';
import { noteProblems } from '../terminal.ts';

/** How often somebody else may sign the same release in the same moment. */
const MAX_ATTEMPTS = 5;
/** The problems that say that this person may not sign; every other one says that the question was wrong. */
const MAY_NOT = ['not-a-root', 'signature-invalid'];

/** Signs a release of the policy and the signers, or adds a signature to the one that waits. */
export const releaseCommand: Command = {
  name: 'release',
  summary:
    'Signs a release of the policy and the signers with a root key, for pipelines that verify with --root; or adds a signature to the release that waits for one. Exit code 1 means that your key may not sign it.',
  operands: '',
  options: {
    root: {
      type: 'string',
      multiple: true,
      placeholder: '<SHA256:…|file.pub>',
      help: 'a root key from now on; may be repeated (default: those of the release before)',
    },
    threshold: {
      type: 'string',
      placeholder: '<n>',
      help: 'how many roots have to sign (default: as before; at first, more than half)',
    },
    revoke: {
      type: 'string',
      multiple: true,
      placeholder: '<SHA256:…|id>',
      help: 'void a key with all that it signed, or one statement; may be repeated',
    },
    until: { type: 'string', placeholder: '<YYYY-MM-DD>', help: 'the last day of the release (default: in a year)' },
    replace: { type: 'boolean', placeholder: '', help: 'make the release that waits for signatures anew' },
    key: KEY_OPTION,
    policy: { type: 'string', placeholder: '<file>', help: 'the policy (default: signoff.yaml here or above)' },
    push: PUSH_OPTION,
    'dry-run': { type: 'boolean', placeholder: '', help: 'show exactly what would be signed, and sign nothing' },
  },
  run: async (input, context) => {
    const { terminal, folder, signal } = context;
    const changes = changesOf(input);
    if (!changes.ok) return refuse(changes.problem, context);
    const place = await openPolicyRepository(input.text('policy'), folder);
    if (!place.ok) return refuse(place.problem, context);
    const key = await signingKeyFor(input.text('key'), place.value, terminal);
    if (!key.ok) return refuse(key.problem, context);
    for (let attempt = 1; ; attempt++) {
      const prepared = await prepare(place.value, key.value, changes.value);
      if (!prepared.ok) return refuse(prepared.problem, context);
      terminal.print(renderFields(prepared.value.description, terminal.style));
      if (input.flag('dry-run')) {
        terminal.note('Nothing was signed: this was a dry run.\n');
        return EXIT.yes;
      }
      const released = await completeRelease(prepared.value, signerAtTerminal(key.value, context), { signal });
      if (released.ok) return pushAfter(tell(released.value, context), input, place.value.repository, context);
      if (released.problem.code !== 'changed-meanwhile' || attempt === MAX_ATTEMPTS)
        return refuse(released.problem, context);
    }
  },
};

async function prepare(
  { repository, policyPath }: PolicyRepository,
  key: SigningKey,
  changes: ReleaseChanges,
): Promise<Result<PreparedRelease>> {
  const state = await releaseState(repository, policyPath);
  return state.ok ? prepareRelease(state.value, key, { ...changes, now: new Date() }) : state;
}

function tell({ commit, path, number, lacks }: CompletedRelease, { terminal }: CommandContext): ExitCode {
  terminal.print(`${escapeForTerminal(path)}\n`);
  terminal.note(
    commit === undefined ? 'Your key had signed it already; nothing was added.\n' : `Committed as ${commit}.\n`,
  );
  terminal.note(
    lacks === undefined
      ? `${terminal.style.good('✓')} Release ${number} is signed by enough of its roots. Let pipelines demand it: --min-release ${number}.\n`
      : `Release ${number} is not in force yet: ${lacks}. Another root adds its signature with signoff release.\n`,
  );
  return EXIT.yes;
}

function changesOf(input: CommandInput): Result<ReleaseChanges> {
  const threshold = input.text('threshold');
  if (threshold !== undefined && !/^[1-9][0-9]?$/.test(threshold))
    return fail('option-invalid', `--threshold takes a whole number from 1 on, not “${threshold}”.`);
  const roots: string[] = [];
  for (const text of input.texts('root')) {
    const root = fingerprintFor(text);
    if (!root.ok) return root;
    roots.push(root.value);
  }
  return succeed({
    roots: roots.length === 0 ? undefined : roots,
    threshold: threshold === undefined ? undefined : Number(threshold),
    revoke: input.texts('revoke'),
    until: input.text('until'),
    waiting: input.flag('replace') ? 'replace it' : 'sign it',
  });
}

function fingerprintFor(text: string): Result<string> {
  if (text.startsWith('SHA256:')) return succeed(text);
  const key = signingKeyFromFile(text);
  return key.ok ? succeed(key.value.fingerprint) : key;
}

function refuse(problem: Problem, { terminal }: CommandContext): ExitCode {
  noteProblems(terminal, [problem]);
  return MAY_NOT.includes(problem.code) ? EXIT.no : EXIT.cannotAsk;
}
