import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { userEnvironment } from './environment.ts';

/**
 * Who asks a person for the passphrase of their key, or the PIN of their security key.
 * - `ssh`: OpenSSH itself, on the terminal or through the askpass program that the user has set up.
 * - `caller`: we ask, in the editor, where there is no terminal; undefined while nobody has been asked.
 */
export type PassphraseSource =
  | { readonly askedBy: 'ssh' }
  | { readonly askedBy: 'caller'; readonly passphrase: string | undefined };

const VARIABLE = 'MODEL_SIGNOFF_PASSPHRASE';
const UNIX_SCRIPT = `#!/bin/sh\n[ -n "\${${VARIABLE}+set}" ] && printf '%s\\n' "$${VARIABLE}"\n`;
/** Node prints it, since no character of a passphrase may mean something to the command interpreter. */
const WINDOWS_SCRIPT = `@"%MODEL_SIGNOFF_NODE%" -e "if (!('${VARIABLE}' in process.env)) process.exit(1); process.stdout.write(process.env.${VARIABLE} + '\\n')"\r\n`;

/** Gives `use` an environment in which OpenSSH finds the passphrase as `source` says. */
export async function withAskpass<Value>(
  source: PassphraseSource,
  use: (environment: NodeJS.ProcessEnv) => Promise<Value>,
): Promise<Value> {
  if (source.askedBy === 'ssh') return use({ ...userEnvironment(), ...requireAskpass() });
  const folder = mkdtempSync(join(tmpdir(), 'signoff-askpass-'));
  try {
    const isWindows = process.platform === 'win32';
    const script = join(folder, isWindows ? 'askpass.cmd' : 'askpass');
    writeFileSync(script, isWindows ? WINDOWS_SCRIPT : UNIX_SCRIPT, { mode: 0o700 });
    return await use({
      ...userEnvironment(),
      SSH_ASKPASS: script,
      SSH_ASKPASS_REQUIRE: 'force',
      ...(isWindows && { MODEL_SIGNOFF_NODE: process.execPath, ELECTRON_RUN_AS_NODE: '1' }),
      ...(source.passphrase !== undefined && { [VARIABLE]: source.passphrase }),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * OpenSSH sees that its standard input is no terminal, since the message comes in there, and would start a graphical
 * askpass that may not exist although a person sits at the terminal. Without a terminal it would take the message's first
 * line for the passphrase.
 */
function requireAskpass(): NodeJS.ProcessEnv {
  if (process.env['SSH_ASKPASS_REQUIRE'] !== undefined) return {};
  const onTerminal = process.stdin.isTTY === true || process.stderr.isTTY === true;
  if (process.env['SSH_ASKPASS'] !== undefined) return onTerminal ? {} : { SSH_ASKPASS_REQUIRE: 'force' };
  return { SSH_ASKPASS_REQUIRE: onTerminal ? 'never' : 'force' };
}
