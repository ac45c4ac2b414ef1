// Compares with the real tools of others: test/peers/**, with their packages in a Python environment of their own.
import { filesMatching } from './lib/files.ts';
import { runNodeTests } from './lib/node-tests.ts';
import { peerPython } from './lib/peer-python.ts';
import { lastLine, nothing } from './lib/tally.ts';

const found = peerPython();
if ('unavailable' in found) {
  console.log(`Skipped the comparisons with other tools. ${found.unavailable}`);
  console.log(lastLine(nothing));
} else {
  process.env['MODEL_SIGNOFF_PYTHON'] = found.python;
  const tally = runNodeTests(filesMatching('test/peers/**/*.test.ts'));
  console.log(lastLine(tally));
  process.exitCode = tally.failed === 0 ? 0 : 1;
}
