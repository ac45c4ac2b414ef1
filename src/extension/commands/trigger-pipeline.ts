import { fail, type Result, succeed } from '../../base/result.ts';
import { ringsByTag, ringsFor } from '../../pipeline/targets.ts';
import { COMMANDS, SETTINGS } from '../ids.ts';
import { previewRings } from '../sign-off/preview-rings.ts';
import { ringShown } from '../sign-off/ring-shown.ts';
import { t } from '../translation.ts';
import type { Command, CommandResult, Services } from './command.ts';
import { needApprovals } from './needs.ts';
import { environmentOf } from './node-arguments.ts';

/** Shows what would be sent to whom, and sends it when the person agrees. Twice is as good as once. */
export const triggerPipeline: Command = {
  id: COMMANDS.triggerPipeline,
  run: async (services, argument): Promise<CommandResult> => {
    const material = await needApprovals(services);
    if (!material.ok) return material;
    const { policyFile, policy, approvals, assessed } = material.value;
    const told = approvals.environments.filter(({ name }) => EVENTS.some((event) => ringsFor(policy, name, event)));
    if (told.length === 0) return fail('no-pipeline', t('The policy names no pipeline to tell (pipeline: …).'));
    const ready = told.filter(({ candidate }) => candidate.standing !== 'open').map(({ name }) => name);
    const asked = ready.find((name) => name === environmentOf(argument));
    const environment = await chooseEnvironment(services, asked === undefined ? ready.toReversed() : [asked]);
    if (environment === undefined) return undefined;
    if (!environment.ok) return environment;
    const { run } = assessed.assessment;
    const input = { policyFile, environment: environment.value, run: run.id };
    const preview = await previewRings(services, input, policy);
    if (!preview.ok) return preview;
    const { event, rings } = preview.value;
    if (rings.length === 0) return fail('no-pipeline', t('The policy tells nobody of this (pipeline: … {0}).', event));
    const key = ringsByTag(policy, environment.value, event) ? await ownKey(services, policyFile) : succeed(undefined);
    if (key === undefined) return undefined;
    if (!key.ok) return key;
    const subject = { model: policy.model, run, fingerprint: key.value?.fingerprint };
    return ringShown(services, { ...input, ...(key.value === undefined ? {} : { key: key.value }) }, rings, subject);
  },
};

const EVENTS = ['on_approved', 'on_rejected', 'on_rolled_back'] as const;

/** Of those where something was decided; asked only where there are several. */
async function chooseEnvironment({ prompts }: Services, ready: readonly string[]): Promise<Result<string> | undefined> {
  const [only, ...others] = ready;
  if (only === undefined)
    return fail(
      'not-approved',
      t('This model is neither approved nor rejected yet, so there is nothing to tell the pipeline.'),
    );
  if (others.length === 0) return succeed(only);
  const answer = await prompts.pickOne({
    title: t('Tell the Pipeline'),
    placeholder: t('The pipeline of which environment?'),
    choices: ready.map((name) => ({ value: name, label: name, description: '' })),
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
      : await prompts.pickOne({ title: t('Tell the Pipeline'), placeholder: t('Whose key signs the tag?'), choices });
  if (answer.kind !== 'given') return undefined;
  const { file, publicKey, fingerprint } = answer.value;
  return succeed({ keyFile: file, publicKey, fingerprint });
}
