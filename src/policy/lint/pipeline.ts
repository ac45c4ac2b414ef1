import type { PolicyPath } from '../policy-path.ts';
import type { PipelineTarget } from '../schema.ts';
import { type Lint, mustBeDeclared } from './context.ts';

/** Keys of which a system needs exactly one: they say what is done there. */
const EXACTLY_ONE = {
  github: ['workflow', 'event_type', 'environment', 'status'],
  argo: ['template', 'workflow'],
} as const;

export function lintPipeline(lint: Lint): void {
  const { pipeline, signoff } = lint.policy;
  const environments = Object.keys(signoff.environments);
  for (const [environment, events] of Object.entries(pipeline ?? {})) {
    const path = ['pipeline', environment];
    mustBeDeclared(lint, path, environment, 'environment', environments, 'key');
    for (const [event, targets] of Object.entries(events)) {
      if (Array.isArray(targets)) {
        for (const [index, target] of targets.entries()) {
          lintTarget(lint, [...path, event, index], target);
        }
      } else if (targets !== undefined) {
        lintTarget(lint, [...path, event], targets);
      }
    }
  }
}

function lintTarget(lint: Lint, path: PolicyPath, target: PipelineTarget): void {
  if (Object.keys(target).length === 0) {
    lint.errorAtKey(
      'no-target',
      path,
      `"${String(path[2])}" tells nobody; add git_tag, github, webhook or another system.`,
    );
  }
  for (const [system, place, url] of addressesOf(target)) lintAddress(lint, [...path, system, place], url);
  for (const [system, keys] of Object.entries(EXACTLY_ONE)) lintOneOf(lint, path, { system, keys, target });
  lintGitlab(lint, path, target);
  const { mlflow } = target;
  if (mlflow !== undefined && mlflow.url === undefined && !/^https?:/i.test(mlflowOf(lint))) {
    const message = '"mlflow" needs the "url" of the tracking server with the registry, since "run.mlflow" names none.';
    lint.errorAtKey('no-registry', [...path, 'mlflow'], message);
  }
}

function addressesOf(target: PipelineTarget): (readonly [system: string, key: string, url: string])[] {
  const { jenkins, ...systems } = target;
  const found: (readonly [string, string, string])[] = jenkins === undefined ? [] : [['jenkins', 'job', jenkins.job]];
  for (const [system, settings] of Object.entries(systems))
    if (settings !== undefined && 'url' in settings && settings.url !== undefined)
      found.push([system, 'url', settings.url]);
  return found;
}

function lintAddress(lint: Lint, place: PolicyPath, url: string): void {
  if (!/^https:\/\/[^/\s]|^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/]|$)/u.test(url)) {
    lint.errorAtValue('bad-address', place, `"${url}" is no https address; only this machine may be called without.`);
  } else if (/^https?:\/\/[^/?#]*@/iu.test(url)) {
    const message = 'The address holds a user name or password; remove it, and keep it in the secret storage instead.';
    lint.errorAtValue('secret-in-policy', place, message);
  }
}

function lintOneOf(
  lint: Lint,
  path: PolicyPath,
  {
    system,
    keys,
    target,
  }: { readonly system: string; readonly keys: readonly string[]; readonly target: PipelineTarget },
): void {
  const settings = (target as Readonly<Record<string, object | undefined>>)[system];
  if (settings === undefined) return;
  const given = keys.filter((key) => key in settings);
  if (given.length === 1) return;
  const named = keys.map((key) => `"${key}"`).join(', ');
  const message = `"${system}" needs exactly one of ${named}${given.length === 0 ? '' : `, and has ${given.length}`}.`;
  lint.errorAtKey('target-unclear', [...path, system], message);
}

function lintGitlab(lint: Lint, path: PolicyPath, { gitlab }: PipelineTarget): void {
  if (gitlab?.environment !== undefined && gitlab.job === undefined) {
    const message = 'A deployment that was approved does not start by itself: "environment" needs the "job" to play.';
    lint.errorAtKey('target-unclear', [...path, 'gitlab', 'environment'], message);
  }
  if (gitlab?.trigger_token === true && (gitlab.job !== undefined || gitlab.pass === 'inputs')) {
    const message = 'A trigger token starts a new pipeline with variables, and can do nothing else.';
    lint.errorAtKey('target-unclear', [...path, 'gitlab', 'trigger_token'], message);
  }
}

function mlflowOf(lint: Lint): string {
  const { run } = lint.policy;
  return 'mlflow' in run && typeof run.mlflow === 'string' ? run.mlflow : '';
}
