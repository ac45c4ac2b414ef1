import { commitFiles } from '../../../../src/git/commit-files.ts';
import { openRepository } from '../../../../src/git/repository.ts';

/** Started as a process of its own: commits one file, and ends itself (kill -9) after the step that it is told. */
const [folder = '', path = '', content = '', killAfter = ''] = process.argv.slice(2);
const repository = await openRepository(folder);
if (!repository.ok) throw new Error(repository.problem.message);
const result = await commitFiles(repository.value, {
  files: [{ path, content: Buffer.from(content) }],
  message: `Add ${path}\n`,
  afterStep: (step) => {
    if (step === killAfter) process.kill(process.pid, 'SIGKILL');
  },
});
if (!result.ok) throw new Error(`${result.problem.code}: ${result.problem.message}`);
