// One target of each kind, the stand-in's rules, and what has to arrive there.
import type { PipelineTarget } from '../../../../src/policy/schema.ts';
import type { Asked, Rule } from './stand-in.ts';

export interface SystemCase {
  readonly name: string;
  readonly target: (url: string) => PipelineTarget;
  readonly rule: Rule;
  /** The call that starts or resumes something. */
  readonly decides: RegExp;
  readonly body: (body: string) => unknown;
  /** What it has to hold; `$C` stands for the correlation id. */
  readonly expected: unknown;
  readonly runUrl?: string;
}

export const COMMIT = 'c'.repeat(40);
export const APPROVAL = 'a'.repeat(64);
export const VERSION = 'd'.repeat(64);
const PARAMETERS = {
  ...{ approval: APPROVAL, commit: COMMIT, model: 'credit', version: VERSION },
  ...{ environment: 'production', correlation: '$C' },
};
const VARIABLES = Object.fromEntries(
  Object.entries(PARAMETERS).map(([key, value]) => [`SIGNOFF_${key.toUpperCase()}`, value]),
);
const LISTED = Object.entries(VARIABLES).map(([key, value]) => ({ key, value }));

const json = (body: string): unknown => JSON.parse(body);
const form = (body: string): unknown => Object.fromEntries(new URLSearchParams(body));
const is = (asked: Asked, method: string, path: RegExp): boolean => asked.method === method && path.test(asked.path);

/** Sources: GitHub's OpenAPI description, operations actions/create-workflow-dispatch, repos/create-dispatch-event, … */
const github: readonly SystemCase[] = [
  {
    name: 'GitHub, a workflow',
    target: (url) => ({ github: { url, repository: 'acme/credit', workflow: 'deploy.yml' } }),
    rule: (asked) =>
      is(asked, 'POST', /^\/repos\/acme\/credit\/actions\/workflows\/deploy\.yml\/dispatches$/)
        ? {
            status: 200,
            json: { workflow_run_id: 7, run_url: 'x', html_url: 'https://github.com/acme/credit/actions/runs/7' },
          }
        : undefined,
    decides: /dispatches$/,
    body: json,
    expected: { ref: 'main', inputs: PARAMETERS, return_run_details: true },
    runUrl: 'https://github.com/acme/credit/actions/runs/7',
  },
  {
    name: 'GitHub, an event',
    target: (url) => ({ github: { url, repository: 'acme/credit', event_type: 'approved' } }),
    rule: (asked) => (is(asked, 'POST', /^\/repos\/acme\/credit\/dispatches$/) ? { status: 204 } : undefined),
    decides: /dispatches$/,
    body: json,
    expected: { event_type: 'approved', client_payload: PARAMETERS },
  },
  {
    name: 'GitHub, a waiting deployment',
    target: (url) => ({ github: { url, repository: 'acme/credit', environment: 'prod' } }),
    rule: (asked) => {
      const run = { id: 8, head_sha: COMMIT, html_url: 'https://github.com/acme/credit/actions/runs/8' };
      if (is(asked, 'GET', /actions\/runs\?status=waiting/)) return { status: 200, json: { workflow_runs: [run] } };
      if (is(asked, 'GET', /runs\/8\/pending_deployments$/)) {
        const environment = { id: 91, name: 'prod' };
        return { status: 200, json: [{ environment, current_user_can_approve: true, reviewers: [] }] };
      }
      return is(asked, 'POST', /runs\/8\/pending_deployments$/) ? { status: 200, json: [] } : undefined;
    },
    decides: /pending_deployments$/,
    body: json,
    expected: { environment_ids: [91], state: 'approved', comment: `Model Signoff ${APPROVAL} at ${COMMIT} ($C)` },
    runUrl: 'https://github.com/acme/credit/actions/runs/8',
  },
  {
    name: 'GitHub, a commit status',
    target: (url) => ({ github: { url, repository: 'acme/credit', status: 'sign-off' } }),
    rule: (asked) =>
      asked.path === `/repos/acme/credit/statuses/${COMMIT}` ? { status: 201, json: { id: 1 } } : undefined,
    decides: /statuses/,
    body: json,
    expected: { state: 'success', context: 'sign-off', description: 'credit: approved for production' },
  },
];

/** Sources: GitLab's lib/api/ci/pipelines.rb, triggers.rb, jobs.rb and deployments.rb. */
const pipeline = {
  id: 5,
  iid: 1,
  sha: COMMIT,
  ref: 'main',
  status: 'created',
  web_url: 'https://gitlab.com/acme/credit/-/pipelines/5',
};
const project = '^/api/v4/projects/acme/credit';
const gitlab: readonly SystemCase[] = [
  {
    name: 'GitLab, a pipeline',
    target: (url) => ({ gitlab: { url, project: 'acme/credit' } }),
    rule: (asked) =>
      is(asked, 'POST', new RegExp(`${project}/pipeline$`)) ? { status: 201, json: pipeline } : undefined,
    decides: /\/pipeline$/,
    body: json,
    expected: { ref: 'main', inputs: PARAMETERS },
    runUrl: pipeline.web_url,
  },
  {
    name: 'GitLab, a pipeline by a trigger token',
    target: (url) => ({ gitlab: { url, project: 'acme/credit', trigger_token: true } }),
    rule: (asked) =>
      is(asked, 'POST', new RegExp(`${project}/trigger/pipeline$`)) ? { status: 201, json: pipeline } : undefined,
    decides: /\/trigger\/pipeline$/,
    body: json,
    expected: { ref: 'main', variables: VARIABLES, token: 'S3CRET-token' },
    runUrl: pipeline.web_url,
  },
  {
    name: 'GitLab, a waiting job of a protected environment',
    target: (url) => ({ gitlab: { url, project: 'acme/credit', job: 'deploy', environment: 'prod' } }),
    rule: (asked) => {
      if (is(asked, 'GET', /\/pipelines\?ref=main/)) return { status: 200, json: [pipeline] };
      if (is(asked, 'GET', /\/pipelines\/5\/jobs/))
        return {
          status: 200,
          json: [
            { id: 50, name: 'test', status: 'success' },
            { id: 51, name: 'deploy', status: 'manual' },
          ],
        };
      if (is(asked, 'GET', /\/deployments\?environment=prod&status=blocked/))
        return { status: 200, json: [{ id: 60, deployable: { id: 51 } }] };
      if (is(asked, 'POST', /\/deployments\/60\/approval$/)) return { status: 201, json: { status: 'approved' } };
      return is(asked, 'POST', /\/jobs\/51\/play$/) ? { status: 200, json: { id: 51, status: 'pending' } } : undefined;
    },
    decides: /\/play$/,
    body: json,
    expected: { job_variables_attributes: LISTED },
    runUrl: pipeline.web_url,
  },
];

/** Sources: Jenkins' ParametersDefinitionProperty and ParameterizedJobMixIn; the input step's InputStepExecution. */
const input = 'org.jenkinsci.plugins.workflow.support.steps.input.InputAction';
const jenkins: readonly SystemCase[] = [
  {
    name: 'Jenkins, a build',
    target: (url) => ({ jenkins: { job: `${url}/job/ml/job/deploy/` } }),
    rule: (asked) => {
      if (is(asked, 'POST', /^\/job\/ml\/job\/deploy\/buildWithParameters\?delay=0sec$/))
        return { status: 201, headers: { location: 'https://jenkins.acme.example/queue/item/12/' } };
      if (is(asked, 'GET', /^\/queue\/item\/12\/api\/json/))
        return { status: 200, json: { executable: { number: 3 } } };
      return undefined;
    },
    decides: /buildWithParameters/,
    body: form,
    expected: VARIABLES,
  },
  {
    name: 'Jenkins, a waiting input',
    target: (url) => ({ jenkins: { job: `${url}/job/deploy`, input: 'modelSignOff' } }),
    rule: (asked) => {
      const waiting = {
        id: 'ModelSignOff',
        settled: false,
        input: { id: 'ModelSignOff', parameters: [{ name: 'SIGNOFF_COMMIT' }] },
      };
      const builds = [
        { number: 4, building: true, actions: [{}, { _class: input, executions: [waiting] }] },
        { number: 3, building: false, actions: [{ _class: input, executions: [] }] },
      ];
      if (is(asked, 'GET', /^\/job\/deploy\/api\/json\?tree=builds/)) return { status: 200, json: { builds } };
      return is(asked, 'POST', /^\/job\/deploy\/4\/input\/ModelSignOff\/proceed$/) ? { status: 200 } : undefined;
    },
    decides: /\/proceed$/,
    body: (body) => json(new URLSearchParams(body).get('json') ?? ''),
    expected: { parameter: [{ name: 'SIGNOFF_COMMIT', value: COMMIT }] },
  },
];

/** Sources: MLflow's service.proto and model_registry.proto; Kubeflow's v2beta1 and Argo's swagger files. */
const others: readonly SystemCase[] = [
  {
    name: 'MLflow’s registry',
    target: (url) => ({ mlflow: { url } }),
    rule: (asked) => {
      if (is(asked, 'GET', /model-versions\/search\?filter=run_id/)) return { status: 200, json: {} };
      if (is(asked, 'GET', /runs\/get\?run_id=run1$/))
        return {
          status: 200,
          json: { run: { info: { artifact_uri: 's3://b/a' }, outputs: { model_outputs: [{ model_id: 'm-1' }] } } },
        };
      if (is(asked, 'GET', /logged-models\/m-1/))
        return { status: 200, json: { model: { info: { artifact_uri: 's3://b/m-1' } } } };
      if (is(asked, 'POST', /registered-models\/create$/))
        return { status: 400, json: { error_code: 'RESOURCE_ALREADY_EXISTS', message: 'exists' } };
      if (is(asked, 'POST', /model-versions\/create$/))
        return { status: 200, json: { model_version: { version: '4' } } };
      return is(asked, 'POST', /(?:set-tag|registered-models\/alias)$/) ? { status: 200, json: {} } : undefined;
    },
    decides: /registered-models\/alias$/,
    body: json,
    expected: { name: 'credit', alias: 'champion', version: '4' },
  },
  {
    name: 'Kubeflow Pipelines',
    target: (url) => ({ kubeflow: { url: `${url}/pipeline`, pipeline: 'p1' } }),
    rule: (asked) =>
      is(asked, 'POST', /^\/pipeline\/apis\/v2beta1\/runs$/)
        ? { status: 200, json: { run_id: 'r1', state: 'PENDING' } }
        : undefined,
    decides: /v2beta1\/runs$/,
    body: json,
    expected: {
      display_name: 'sign-off $C',
      pipeline_version_reference: { pipeline_id: 'p1' },
      runtime_config: { parameters: PARAMETERS },
    },
  },
  {
    name: 'Argo, a template',
    target: (url) => ({ argo: { url, namespace: 'ml', template: 'deploy' } }),
    rule: (asked) => (is(asked, 'POST', /^\/api\/v1\/workflows\/ml\/submit$/) ? { status: 200, json: {} } : undefined),
    decides: /submit$/,
    body: json,
    expected: {
      namespace: 'ml',
      resourceKind: 'WorkflowTemplate',
      resourceName: 'deploy',
      submitOptions: {
        name: 'signoff-$C',
        parameters: Object.entries(PARAMETERS).map(([key, value]) => `${key}=${value}`),
      },
    },
  },
  {
    name: 'Argo, a suspended workflow',
    target: (url) => ({ argo: { url, namespace: 'ml', workflow: 'train-1', node: 'approval' } }),
    rule: (asked) =>
      is(asked, 'PUT', /^\/api\/v1\/workflows\/ml\/train-1\/resume$/) ? { status: 200, json: {} } : undefined,
    decides: /resume$/,
    body: json,
    expected: { namespace: 'ml', name: 'train-1', nodeFieldSelector: 'displayName=approval' },
  },
  {
    name: 'a webhook',
    target: (url) => ({ webhook: { url: `${url}/hook?route=7` } }),
    rule: (asked) => (is(asked, 'POST', /^\/hook\?route=7$/) ? { status: 202 } : undefined),
    decides: /hook/,
    body: (body) => (JSON.parse(body) as { data: unknown }).data,
    expected: PARAMETERS,
  },
];

export const SYSTEMS: readonly SystemCase[] = [...github, ...gitlab, ...jenkins, ...others];
