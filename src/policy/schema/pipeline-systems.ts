import * as z from '../../base/shape/z.ts';
import { textOf } from './words.ts';

const address = (what: string) => textOf(`${what}, an https address; http only on this machine itself.`);
const part = (description: string) => textOf(description).max(200);

export const GithubTarget = z
  .strictObject({
    url: address('The interface of a GitHub Enterprise server, `https://<host>/api/v3`').optional(),
    repository: z
      .string()
      .regex(/^[A-Za-z0-9._-]+\/[A-Za-z0-9._-]+$/)
      .describe('`owner/name`.'),
    workflow: part('A workflow with `workflow_dispatch`: its file name or number.').optional(),
    ref: part('The branch or tag that the workflow is taken from; `main` when not given.').optional(),
    event_type: part('The type of a `repository_dispatch`, in place of a workflow.').max(100).optional(),
    environment: part('An environment whose waiting deployments are approved, in place of a workflow.').optional(),
    status: part(
      'The context of a commit status that tells how far the sign-off is, in place of a workflow.',
    ).optional(),
  })
  .describe('GitHub: exactly one of `workflow`, `event_type`, `environment`, `status`.');

export const GitlabTarget = z
  .strictObject({
    url: address('The GitLab server; `https://gitlab.com` when not given').optional(),
    project: part('The project’s number, or its whole path.'),
    ref: part('The branch or tag whose pipeline is started or resumed; `main` when not given.').optional(),
    pass: z
      .enum(['inputs', 'variables'])
      .describe('How a new pipeline is told: `inputs` (GitLab 17.10 or newer) when not given, or `variables`.')
      .optional(),
    trigger_token: z
      .boolean()
      .describe('Starts the pipeline by a trigger token, the server’s stored credential, which gets variables.')
      .optional(),
    job: part('A waiting manual job, which is played, in place of a new pipeline.').optional(),
    environment: part(
      'A protected environment whose blocked deployment is approved before the job is played.',
    ).optional(),
  })
  .describe('GitLab: a new pipeline, or with `job` the waiting one goes on.');

export const JenkinsTarget = z
  .strictObject({
    job: address('The job’s own page, `https://<host>/job/<folder>/job/<name>`'),
    input: z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9_-]*$/)
      .describe('The id of an `input` step that waits, in place of a new build.')
      .optional(),
  })
  .describe('Jenkins: a new build with parameters, or with `input` the waiting one goes on.');

export const MlflowTarget = z
  .strictObject({
    url: address('The tracking server; that of `run.mlflow` when not given').optional(),
    model: part('The registered model’s name; the policy’s `model` when not given.').optional(),
    alias: part('The alias that is moved to the version; `champion` when not given.').optional(),
  })
  .describe('MLflow’s registry: the version of the run is tagged, and the alias moved to it.');

export const KubeflowTarget = z
  .strictObject({
    url: address('Kubeflow Pipelines, on a Kubeflow platform with `/pipeline` at its end'),
    pipeline: part('The id of the pipeline that is run.'),
    version: part('The id of its version; the newest when not given.').optional(),
    experiment: part('The id of the experiment that the run belongs to.').optional(),
    namespace: part('The namespace in which earlier runs are looked for, where there are several users.').optional(),
  })
  .describe('Kubeflow Pipelines: a run of a pipeline.');

export const ArgoTarget = z
  .strictObject({
    url: address('The Argo server'),
    namespace: part('The namespace of the workflows.'),
    template: part('A WorkflowTemplate that is submitted.').optional(),
    workflow: part('A suspended workflow that is resumed, in place of a template.').optional(),
    node: part('The display name of the node that waits; all that wait when not given.').optional(),
  })
  .describe('Argo Workflows: exactly one of `template` and `workflow`.');

export const WebhookTarget = z
  .strictObject({ url: textOf('The https address that is called.') })
  .describe('A signed call to an address (Standard Webhooks, and GitHub’s signature).');
