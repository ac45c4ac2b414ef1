// A GitHub Enterprise server of release 3.19 as far as a dispatched workflow needs one: a stand-in on 127.0.0.1, its
// rules taken from GitHub's OpenAPI description of that release (operations actions/create-workflow-dispatch,
// actions/list-workflow-runs-for-repo, actions/get-workflow-run). It was not compared with a live one.
import { type Asked, type Given, type StandIn, standIn } from '../unit/pipeline/support/stand-in.ts';

/** What the `workflow_dispatch` of the gate that we write declares. */
const DECLARED = ['approval', 'commit', 'model', 'version', 'environment', 'correlation'];
const MOST_INPUTS = 10;

export interface Dispatched {
  readonly id: number;
  readonly workflow: string;
  readonly inputs: Readonly<Record<string, string>>;
}

export interface EnterpriseServer extends StandIn {
  /** The interface's address, as a policy names it. */
  readonly api: string;
  /** The runs that were started, oldest first. */
  readonly dispatched: readonly Dispatched[];
  /** Lets every run that goes on come to its end. */
  endRuns(conclusion: 'success' | 'failure'): void;
}

/** @param token whoever comes with another one, or without, is turned away */
export async function enterpriseServer(
  context: Parameters<typeof standIn>[0],
  { repository, token }: { readonly repository: string; readonly token: string },
): Promise<EnterpriseServer> {
  const dispatched: Dispatched[] = [];
  const conclusions = new Map<number, string>();
  const root = `/api/v3/repos/${repository}`;
  const shown = ({ id, inputs }: Dispatched): object => ({
    ...{ id, display_title: `sign-off ${inputs['correlation']}`, event: 'workflow_dispatch', head_branch: 'main' },
    ...{ status: conclusions.has(id) ? 'completed' : 'in_progress', conclusion: conclusions.get(id) ?? null },
    html_url: `${server.url}/${repository}/actions/runs/${id}`,
  });
  const rule = ({ method, path, headers, body }: Asked): Given | undefined => {
    if (headers.authorization !== `Bearer ${token}`) return refusal(401, 'Requires authentication');
    const workflow = new RegExp(`^${root}/actions/workflows/([^/]+)/dispatches$`).exec(path)?.[1];
    if (method === 'POST' && workflow !== undefined) {
      const problem = problemOf(JSON.parse(body));
      if (problem !== undefined) return problem;
      const { inputs } = JSON.parse(body) as Dispatched;
      dispatched.push({ id: dispatched.length + 1, workflow, inputs });
      return { status: 204 };
    }
    if (method !== 'GET') return undefined;
    if (path.startsWith(`${root}/actions/runs?event=workflow_dispatch&`))
      return { status: 200, json: { total_count: dispatched.length, workflow_runs: dispatched.map(shown) } };
    const id = new RegExp(`^${root}/actions/runs/(\\d+)$`).exec(path)?.[1];
    const run = dispatched.find((each) => String(each.id) === id);
    return run === undefined ? undefined : { status: 200, json: shown(run) };
  };
  const server = await standIn(context, rule);
  return Object.assign(server, {
    ...{ api: `${server.url}/api/v3`, dispatched },
    endRuns: (conclusion: string) => {
      for (const { id } of dispatched) if (!conclusions.has(id)) conclusions.set(id, conclusion);
    },
  });
}

function problemOf(body: Readonly<Record<string, unknown>>): Given | undefined {
  // Releases up to 3.20 know no other field, and say so.
  const odd = Object.keys(body).find((name) => name !== 'ref' && name !== 'inputs');
  if (odd !== undefined) return refusal(400, `Invalid request. "${odd}" is not a permitted key.`);
  if (body['ref'] !== 'main') return refusal(422, `No ref found for: ${String(body['ref'])}`);
  const inputs = Object.entries((body['inputs'] ?? {}) as Record<string, unknown>);
  const unexpected = inputs.filter(([name, value]) => !DECLARED.includes(name) || typeof value !== 'string');
  if (unexpected.length > 0 || inputs.length > MOST_INPUTS)
    return refusal(422, `Unexpected inputs provided: ${JSON.stringify(unexpected.map(([name]) => name))}`);
  return undefined;
}

function refusal(status: number, message: string): Given {
  return { status, json: { message, documentation_url: 'https://docs.github.com/rest' } };
}
