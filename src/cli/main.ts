import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * Where the `signoff` command begins. It looks at Node's version before it loads anything that an older Node
 * could not even parse, so that a person on an old machine reads one sentence and not a stack trace.
 */
const NEEDED = { major: 22, minor: 13 } as const;

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < NEEDED.major || (major === NEEDED.major && minor < NEEDED.minor)) {
  process.stderr.write(
    `signoff needs Node ${NEEDED.major}.${NEEDED.minor} or newer and this is Node ${process.versions.node}; install a newer one, or run it through npx -p node@24.\n`,
  );
  process.exitCode = 2;
} else {
  // An answer that could not be written (a full disk, a closed pipe) is no answer, and never a yes or a no.
  process.stdout.on('error', () => process.exit(2));
  const words = process.argv.slice(2);
  const verifier = join(import.meta.dirname, '../signoff-verify.cjs');
  if (words[0] === 'verify' && !words.includes('--recheck') && existsSync(verifier)) {
    // The same program as one file, beside this one where it is built: fifty files fewer to open and link.
    createRequire(import.meta.filename)(verifier);
  } else {
    // Node ends with 0 when nothing is left to wait for: an answer that never came is none.
    process.exitCode = 2;
    void import('./run-command-line.ts')
      .then(({ runCommandLine }) => runCommandLine(words))
      .then((code) => {
        process.exitCode = code;
      });
  }
}
