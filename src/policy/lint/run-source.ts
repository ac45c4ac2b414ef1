import { isModelUri } from '../model-uri.ts';
import type { Lint } from './context.ts';
import { isAbsolute, lintEvidencePath } from './paths.ts';

export function lintRunSource(lint: Lint): void {
  const { run } = lint.policy;
  if (run.artifact !== undefined && !isModelUri(run.artifact)) {
    lintEvidencePath(lint, ['run', 'artifact'], run.artifact);
  }
  const [kind, location] =
    'mlflow' in run ? ['mlflow', run.mlflow] : 'dvc' in run ? ['dvc', run.dvc] : ['folder', run.folder];
  const path = ['run', kind];
  if (/^https?:\/\//iu.test(location)) {
    lintServer(lint, path, location);
    return;
  }
  if (isAbsolute(location) || /^(?:file:|sqlite:\/{4})/iu.test(location)) {
    const message = `"${location}" is an absolute path and works on this machine only; write it relative to the policy’s folder.`;
    lint.warnAtValue('absolute-path', path, message);
  }
}

function lintServer(lint: Lint, path: readonly string[], location: string): void {
  if (path[1] !== 'mlflow') {
    lint.errorAtValue('bad-path', path, `"${location}" is an address; ${path[1]} takes a folder.`);
    return;
  }
  if (/^https?:\/\/[^/?#]*@/iu.test(location)) {
    const message = 'The address holds a user name or password; remove it, and keep it in the environment instead.';
    lint.errorAtValue('secret-in-policy', path, message);
  }
}
