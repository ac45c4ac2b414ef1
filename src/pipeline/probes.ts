import type { PipelineTarget, Policy } from '../policy/schema.ts';
import type { HttpSystem } from './doorbells.ts';
import { fieldOf, listIn, textIn } from './json.ts';
import { call, notAccepted, type Reach } from './reach.ts';

/** What a look at a target shows, without anything being started there. */
export interface Probed {
  readonly state: 'ok' | 'warn' | 'fail';
  /** One sentence: what would happen, or what stands in the way and what to do. */
  readonly message: string;
}

/** A reading, and what its answer means. */
interface Probe {
  readonly where: string;
  readonly url: string;
  readonly judge: (json: unknown) => Probed;
}

const GITHUB_API = 'https://api.github.com';
const GITLAB = 'https://gitlab.com';
/** GitLab's `Developer`, the least that starts pipelines (its `Gitlab::Access`). */
const GITLAB_DEVELOPER = 30;

/**
 * Looks at one system of a target, reading only. Webhooks can't be looked at: they are told apart by whether there is a
 * secret to sign with. `target` must name the system.
 */
export async function probeTarget(
  system: HttpSystem,
  target: PipelineTarget,
  policy: Policy,
  reach: Reach,
): Promise<Probed> {
  if (system === 'webhook') return probeWebhook(target.webhook?.url ?? '', reach);
  const probe = probeOf(system, target, policy);
  if (probe === undefined || URL.parse(probe.url) === null)
    return { state: 'fail', message: `The policy’s address for ${system} is none that can be called.` };
  const credential = await reach.credentialFor(new URL(probe.url).origin);
  const called = await call({ url: probe.url }, reach);
  if (!called.ok) return { state: 'fail', message: called.message };
  const { status, json } = called.answer;
  if (status !== 200 || json === undefined) {
    const said = status === 200 ? `${probe.where} answers with no JSON: check the address.` : undefined;
    return { state: 'fail', message: said ?? notAccepted(probe.where, called.answer).message };
  }
  const found = probe.judge(json);
  if (credential !== undefined || found.state !== 'ok') return found;
  const message = `${found.message} There is no credential for ${new URL(probe.url).origin}, so it will likely be refused.`;
  return { state: 'warn', message };
}

async function probeWebhook(url: string, reach: Reach): Promise<Probed> {
  const origin = URL.parse(url)?.origin;
  const secret = origin === undefined ? undefined : await reach.credentialFor(origin);
  return secret?.kind === 'bearer'
    ? { state: 'ok', message: `Calls to ${origin} will be signed; only a call shows whether it is heard.` }
    : { state: 'fail', message: `There is no secret to sign calls to ${origin ?? 'the webhook'} with.` };
}

function probeOf(system: HttpSystem, target: PipelineTarget, policy: Policy): Probe | undefined {
  if (system === 'github') return target.github && githubProbe(target.github);
  if (system === 'gitlab') return target.gitlab && gitlabProbe(target.gitlab);
  if (system === 'jenkins') return target.jenkins && jenkinsProbe(target.jenkins);
  if (system === 'kubeflow') return target.kubeflow && kubeflowProbe(target.kubeflow);
  if (system === 'argo') return target.argo && argoProbe(target.argo);
  const url = target.mlflow?.url ?? ('mlflow' in policy.run ? policy.run.mlflow : undefined);
  return target.mlflow && url !== undefined ? mlflowProbe(url, target.mlflow.model ?? policy.model) : undefined;
}

function githubProbe(target: NonNullable<PipelineTarget['github']>): Probe {
  const { repository, workflow, environment } = target;
  const base = `${trimmed(target.url ?? GITHUB_API)}/repos/${repository}`;
  if (workflow !== undefined) {
    return {
      where: `GitHub’s workflow ${workflow} of ${repository}`,
      url: `${base}/actions/workflows/${encodeURIComponent(workflow)}`,
      judge: (json) =>
        textIn(json, 'state') === 'active'
          ? ok(`${workflow} of ${repository} would be started at ${target.ref ?? 'main'}.`)
          : fail(`${workflow} of ${repository} is switched off: enable it in GitHub.`),
    };
  }
  if (environment !== undefined) {
    return {
      where: `GitHub’s environment ${environment} of ${repository}`,
      url: `${base}/environments/${encodeURIComponent(environment)}`,
      judge: (json) =>
        listIn(json, 'protection_rules').some((rule) => textIn(rule, 'type') === 'required_reviewers')
          ? ok(`A deployment that waits for ${environment} of ${repository} would be answered.`)
          : warn(`${environment} of ${repository} asks for no reviewer, so nothing will ever wait there.`),
    };
  }
  return {
    where: `GitHub’s repository ${repository}`,
    url: base,
    judge: (json) =>
      fieldOf(fieldOf(json, 'permissions'), 'push') === true
        ? ok(`${repository} would be told.`)
        : fail(`You may not write to ${repository}, so GitHub will refuse: ask for the right.`),
  };
}

function gitlabProbe(target: NonNullable<PipelineTarget['gitlab']>): Probe {
  const { project, job } = target;
  return {
    where: `GitLab’s project ${project}`,
    url: `${trimmed(target.url ?? GITLAB)}/api/v4/projects/${encodeURIComponent(project)}`,
    judge: (json) => {
      const rights = fieldOf(json, 'permissions');
      const levels = ['project_access', 'group_access'].map((kind) =>
        Number(fieldOf(fieldOf(rights, kind), 'access_level')),
      );
      if (target.trigger_token === true)
        return ok(`${project} is there; only a call shows whether the token is right.`);
      if (!levels.some((level) => level >= GITLAB_DEVELOPER))
        return fail(`You may not start pipelines of ${project}, so GitLab will refuse: ask to be a developer there.`);
      return ok(
        job === undefined
          ? `A pipeline of ${project} would be started.`
          : `The job ${job} of ${project} would be played.`,
      );
    },
  };
}

function jenkinsProbe({ job, input }: NonNullable<PipelineTarget['jenkins']>): Probe {
  const page = trimmed(job);
  return {
    where: `Jenkins’ job ${page}`,
    url: `${page}/api/json?tree=buildable,property[parameterDefinitions[name]]`,
    judge: (json) => {
      if (fieldOf(json, 'buildable') === false) return fail('The job is switched off: enable it in Jenkins.');
      if (input !== undefined) return ok(`A build that waits at ${input} would go on.`);
      const names = listIn(json, 'property')
        .flatMap((each) => listIn(each, 'parameterDefinitions'))
        .flatMap((each) => textIn(each, 'name') ?? []);
      if (names.length === 0) return fail('The job takes no parameters, so Jenkins will refuse: let it declare them.');
      return names.includes('SIGNOFF_CORRELATION')
        ? ok('A build would be started.')
        : warn('The job does not declare SIGNOFF_CORRELATION, so a build whose answer is lost can’t be found again.');
    },
  };
}

function mlflowProbe(url: string, model: string): Probe {
  return {
    where: `MLflow’s registry at ${trimmed(url)}`,
    url: `${trimmed(url)}/api/2.0/mlflow/registered-models/search?filter=${encodeURIComponent(`name='${model}'`)}`,
    judge: (json) =>
      listIn(json, 'registered_models').length > 0
        ? ok(`${model} would get its alias moved.`)
        : ok(`${model} is not registered yet: it would be, with the run’s model as its first version.`),
  };
}

function kubeflowProbe({ url, pipeline }: NonNullable<PipelineTarget['kubeflow']>): Probe {
  return {
    where: `Kubeflow’s pipeline ${pipeline}`,
    url: `${trimmed(url)}/apis/v2beta1/pipelines/${encodeURIComponent(pipeline)}`,
    judge: (json) => ok(`${textIn(json, 'display_name') ?? pipeline} would be run.`),
  };
}

function argoProbe({ url, namespace, template, workflow }: NonNullable<PipelineTarget['argo']>): Probe {
  const [kind, name] = template === undefined ? ['workflows', workflow ?? ''] : ['workflow-templates', template];
  return {
    where: `Argo’s ${name} of ${namespace}`,
    url: `${trimmed(url)}/api/v1/${kind}/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`,
    judge: () => ok(template === undefined ? `${name} would be resumed.` : `${name} would be submitted.`),
  };
}

function trimmed(url: string): string {
  return url.replace(/\/+$/, '');
}

function ok(message: string): Probed {
  return { state: 'ok', message };
}

function warn(message: string): Probed {
  return { state: 'warn', message };
}

function fail(message: string): Probed {
  return { state: 'fail', message };
}
