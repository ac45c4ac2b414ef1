import { fail, type Result, succeed } from '../../base/result.ts';
import { ringsByTag } from '../../pipeline/targets.ts';
import { COMMANDS, SETTINGS } from '../ids.ts';
import { t } from '../translation.ts';
import type { Command, CommandResult, Services } from './command.ts';
import { needApprovals } from './needs.ts';

/** Tells the pipeline about the newest complete quorum: a signed tag on the approval's commit. Twice is as good as once. */
export const triggerPipeline: Command = {
  id: COMMANDS.triggerPipeline,
  run: async (services): Promise<CommandResult> => {
    const material = await needApprovals(services);
    if (!material.ok) return material;
    const { policyFile, policy, approvals, assessed } = material.value;
    const told = approvals.environments.filter(({ name }) => ringsByTag(policy, name, 'on_approved'));
    if (told.length === 0)
      return fail('no-pipeline', t('The policy names no pipeline that is told by a tag (pipeline: … git_tag).'));
    const ready = told.filter(({ candidate }) => candidate.standing === 'approved').map(({ name }) => name);
    const environment = await chooseEnvironment(services, ready.toReversed());
    if (environment === undefined) return undefined;
    if (!environment.ok) return environment;
    const key = await ownKey(services, policyFile);
    if (key === undefined) return undefined;
    if (!key.ok) return key;
    const { run } = assessed.assessment;
    const agreed = await services.prompts.confirm({
      question: t('Start the pipeline for {0}?', environment.value),
      detail: [
        t('Model: {0}', policy.model),
        t('Run: {0} ({1})', run.name, run.id),
        t('Environment: {0}', environment.value),
        '',
        t(
          'A tag {0} is made, signed with the key {1}, and pushed where the repository has a remote. Where it is there already, nothing is made.',
          `signoff/${policy.model}/${environment.value}/…`,
          key.value.fingerprint,
        ),
      ],
      action: t('Start the Pipeline'),
    });
    if (agreed !== 'agreed') return undefined;
    const input = { policyFile, environment: environment.value, run: run.id, ...key.value };
    const rung = await services.prompts.withProgress(t('Telling the pipeline'), () =>
      services.engine.call('ringPipeline', input),
    );
    if (!rung.ok) return rung;
    const { state, message } = rung.value;
    const level = state === 'unknown' ? 'warning' : 'information';
    const news =
      state === 'already' ? t('The pipeline for {0} was told before. {1}', environment.value, message) : message;
    void services.prompts.notify({ level, message: news });
    return succeed(rung.value);
  },
};

/** Of those whose model is approved; asked only where there are several. */
async function chooseEnvironment({ prompts }: Services, ready: readonly string[]): Promise<Result<string> | undefined> {
  const [only, ...others] = ready;
  if (only === undefined)
    return fail('not-approved', t('This model is not approved yet, so there is nothing to tell the pipeline.'));
  if (others.length === 0) return succeed(only);
  const answer = await prompts.pickOne({
    title: t('Start the Pipeline'),
    placeholder: t('The pipeline of which environment?'),
    choices: ready.map((name) => ({ value: name, label: name, description: t('approved') })),
  });
  return answer.kind === 'given' ? succeed(answer.value) : undefined;
}

interface KeyOfTag {
  readonly keyFile: string | undefined;
  readonly publicKey: string;
  readonly fingerprint: string;
}

/** Whoever rings signs the tag; with one usable key there is nothing to ask. */
async function ownKey(
  { engine, editor, prompts }: Services,
  policyFile: string,
): Promise<Result<KeyOfTag> | undefined> {
  const keys = await engine.call('signingKeys', {
    policyFile,
    keyFiles: editor.setting<readonly string[]>(SETTINGS.signingKeys) ?? [],
  });
  if (!keys.ok) return keys;
  const known = keys.value.filter((key) => key.person !== undefined);
  const choices = known.map((key) => ({
    value: key,
    label: key.person ?? key.label,
    icon: 'key',
    detail: `${key.fingerprint}  ${key.label}`,
  }));
  const answer =
    choices.length === 1 && choices[0] !== undefined
      ? ({ kind: 'given', value: choices[0].value } as const)
      : await prompts.pickOne({ title: t('Start the Pipeline'), placeholder: t('Whose key signs the tag?'), choices });
  if (answer.kind !== 'given') return undefined;
  const { file, publicKey, fingerprint } = answer.value;
  return succeed({ keyFile: file, publicKey, fingerprint });
}
