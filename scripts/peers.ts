// Compares with the real tools of others: test/peers/**, with their packages in Python environments of their own.
import { filesMatching } from './lib/files.ts';
import { runNodeTests } from './lib/node-tests.ts';
import { namePeerPythons } from './lib/peer-python.ts';
import { lastLine, nothing } from './lib/tally.ts';

if (namePeerPythons() === 'none') {
  console.log(lastLine(nothing));
} else {
  const tally = runNodeTests(filesMatching('test/peers/**/*.test.ts'));
  console.log(lastLine(tally));
  process.exitCode = tally.failed === 0 ? 0 : 1;
}
