import type { MlflowServer } from './mlflow-api.ts';

const ENDPOINT = /\/api\/v\d+\/projects\/[^/]+\/ml\/mlflow$/;
/** Of a run, `candidate:` and its number in the project; of a run that became a model version, that version's id. */
const FILES = /\/projects\/[^/]+\/packages\/ml_models\/((?:candidate:|candidate%3A)?\d{1,18})\/files\/?$/i;

/** Whether the address is that of a GitLab project, which speaks MLflow's interface with rules of its own. */
export function isGitlab({ base }: Pick<MlflowServer, 'base'>): boolean {
  return ENDPOINT.test(base);
}

/**
 * By what name GitLab lists a run's artifacts, from the address that it gives for them: `candidate:7`. Undefined for
 * every other address, such as those of runs before GitLab 17.
 */
export function gitlabArtifacts(server: Pick<MlflowServer, 'base'>, address: string): string | undefined {
  // Only the name is taken from it: what is asked is the server that the policy names.
  const [, name] = (isGitlab(server) && FILES.exec(address)) || [];
  return name?.replace(/%3a/i, ':');
}

/** A file's path from the name under which GitLab keeps it: written as in a form, `model%2FMLmodel`. */
export function gitlabPath(name: string): string {
  try {
    return decodeURIComponent(name.replaceAll('+', ' '));
  } catch {
    return name;
  }
}
