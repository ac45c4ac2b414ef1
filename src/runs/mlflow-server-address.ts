import { parseAddress } from '../base/http-address.ts';
import type { Credential } from '../base/http-credential.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import type { MlflowServer } from './mlflow-api.ts';
import type { RunSurroundings } from './open-runs.ts';

/** The server at an address, with the credential that is meant for it. */
export async function findMlflowServer(address: string, surroundings: RunSurroundings): Promise<Result<MlflowServer>> {
  const parsed = parseAddress(address.trim());
  if (!parsed.ok) return parsed;
  const url = parsed.value;
  if (url.hash !== '' || url.search !== '') {
    return fail(
      'http-address-refused',
      `The address of the MLflow server is one of a page in its user interface; write only what comes before “${url.hash === '' ? '?' : '#'}”.`,
    );
  }
  const { origin } = url;
  const own = await surroundings.credentialFor?.(origin);
  const found = own === undefined ? credentialFromEnvironment(origin, process.env) : { credential: own, advice: '' };
  return succeed({
    base: origin + url.pathname.replace(/\/+$/, ''),
    credential: found.credential === undefined ? undefined : { origin, credential: found.credential },
    advice: found.advice,
  });
}

/**
 * MLflow's own variables. Their credential is for the server that `MLFLOW_TRACKING_URI` names, and for no other: the
 * address that is asked comes from a policy, which whoever wrote the workspace may have pointed at a server of theirs.
 */
export function credentialFromEnvironment(
  origin: string,
  environment: Readonly<Record<string, string | undefined>>,
): { readonly credential: Credential | undefined; readonly advice: string } {
  const user = environment['MLFLOW_TRACKING_USERNAME'];
  const password = environment['MLFLOW_TRACKING_PASSWORD'];
  const token = environment['MLFLOW_TRACKING_TOKEN'];
  const credential: Credential | undefined =
    user && password ? { kind: 'basic', user, password } : token ? { kind: 'bearer', token } : undefined;
  if (credential === undefined) {
    return {
      credential,
      advice: `set MLFLOW_TRACKING_URI to “${origin}” and MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, in the environment`,
    };
  }
  const meant = URL.parse(environment['MLFLOW_TRACKING_URI'] ?? '')?.origin;
  if (meant === origin) return { credential, advice: '' };
  return {
    credential: undefined,
    advice: `the credential in the environment is only for the server that MLFLOW_TRACKING_URI names, so set MLFLOW_TRACKING_URI to “${origin}” if that server may have it`,
  };
}
