import type { Credential } from '../base/http-credential.ts';
import { credentialFromEnvironment } from '../runs/mlflow-server-address.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const GITHUB_API = 'https://api.github.com';
const GITLAB = 'https://gitlab.com';

/**
 * The credential that the environment holds for an origin. Each goes only to the server that the environment itself names
 * beside it (or to the public one), since a policy that somebody else wrote names the server that is called:
 *
 * - `GITHUB_TOKEN` or `GH_TOKEN`: `GITHUB_API_URL`, else api.github.com
 * - `GITLAB_TOKEN`: `CI_SERVER_URL` or `GITLAB_HOST`, else gitlab.com
 * - `JENKINS_USER_ID` and `JENKINS_API_TOKEN`: `JENKINS_URL`
 * - `MLFLOW_TRACKING_TOKEN`, or user name and password: `MLFLOW_TRACKING_URI`
 * - `KFP_TOKEN`: `KFP_ENDPOINT`
 * - `ARGO_TOKEN`: `ARGO_SERVER`
 * - `SIGNOFF_WEBHOOK_SECRET`: `SIGNOFF_WEBHOOK_URL`
 */
export function pipelineCredential(origin: string, environment: Environment): Credential | undefined {
  for (const [server, credential] of credentialsIn(environment)) {
    if (server !== undefined && credential !== undefined && originOf(server) === origin) return credential;
  }
  return credentialFromEnvironment(origin, environment).credential;
}

function credentialsIn(environment: Environment): readonly (readonly [string | undefined, Credential | undefined])[] {
  const value = (name: string): string | undefined => {
    const text = environment[name]?.trim();
    return text === '' ? undefined : text;
  };
  const jenkins = value('JENKINS_API_TOKEN');
  return [
    [value('GITHUB_API_URL') ?? GITHUB_API, bearer(value('GITHUB_TOKEN') ?? value('GH_TOKEN'))],
    [value('CI_SERVER_URL') ?? value('GITLAB_HOST') ?? GITLAB, bearer(value('GITLAB_TOKEN'))],
    [
      value('JENKINS_URL'),
      jenkins === undefined ? undefined : { kind: 'basic', user: value('JENKINS_USER_ID') ?? '', password: jenkins },
    ],
    [value('KFP_ENDPOINT'), bearer(value('KFP_TOKEN'))],
    [value('ARGO_SERVER'), bearer(value('ARGO_TOKEN'))],
    [value('SIGNOFF_WEBHOOK_URL'), bearer(value('SIGNOFF_WEBHOOK_SECRET'))],
  ];
}

/** Some tools keep the word “Bearer” in their variable, as Argo does. */
function bearer(token: string | undefined): Credential | undefined {
  return token === undefined ? undefined : { kind: 'bearer', token: token.replace(/^Bearer\s+/i, '') };
}

/** Argo and GitLab name their server without a scheme, too. */
function originOf(server: string): string | undefined {
  const url = URL.parse(/^https?:\/\//i.test(server) ? server : `https://${server}`);
  return url?.origin;
}
