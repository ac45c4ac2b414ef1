import { TOOL } from '../base/tool.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { answerWith, runCommand } from './run-command.ts';
import { verifyCommandWith } from './verify-command.ts';

/**
 * Where the verifier in one file begins, which a pipeline pins by its digest: `signoff verify` and nothing else. Which
 * Node it needs, the build says before anything else of it runs.
 */
// An answer that could not be written (a full disk, a closed pipe) is no answer, and never a yes or a no.
process.stdout.on('error', () => process.exit(EXIT.cannotAsk));
// Nor is one that never came: Node ends with 0 when nothing is left to wait for.
process.exitCode = EXIT.cannotAsk;
void verifyAlone(process.argv.slice(2)).then(endWith);

/**
 * Ends the process once the answer is written: to take the program apart in memory takes longer than to judge. What was
 * written before this last nothing has been written then, or is the error of this.
 */
function endWith(code: ExitCode): void {
  process.stdout.write('', (error) => process.exit(error == null ? code : EXIT.cannotAsk));
}

/** The command's name may stand first, so that the same words work with the whole package. */
function verifyAlone(words: readonly string[]): Promise<ExitCode> {
  const rest = words[0] === 'verify' ? words.slice(1) : words;
  return answerWith(async (terminal, signal) => {
    if (rest[0] === '--version' || rest[0] === '-V') {
      terminal.print(`${TOOL.version}\n`);
      return EXIT.yes;
    }
    return runCommand(verifyCommandWith({ recheck: undefined }), rest, terminal, signal);
  });
}
