import { type GateSystem, VERIFIER_VARIABLE } from '../../pipeline/gates/gate.ts';
import { whyNoAnchor, whyNotInPipelineFile } from '../../pipeline/gates/refusals.ts';
import type { GateChoices } from '../engine/gate.ts';
import type { Prompts, TextRequest } from '../prompts/prompts.ts';
import type { Step } from '../prompts/steps.ts';
import { map } from '../sign-off/questions.ts';
import { t } from '../translation.ts';

/** What a person said of a gate so far. */
export interface GateWanted {
  readonly system?: GateSystem;
  readonly environment?: string;
  /** A branch's full name, or `another` where `ref` says which. */
  readonly branch?: string;
  readonly ref?: string;
  readonly modelPath?: string;
  /** Empty: the pipeline's own variable names it. */
  readonly verifier?: string;
}

const NAMES: Readonly<Record<GateSystem, string>> = {
  github: 'GitHub Actions',
  gitlab: 'GitLab CI',
  jenkins: 'Jenkins',
  kubeflow: 'Kubeflow Pipelines',
  argo: 'Argo Workflows',
  shell: 'sh',
};

/** The questions in their order, each with what `signoff gate` takes by itself offered first. */
export function gateQuestions(prompts: Prompts, choices: GateChoices, known: GateWanted): Step<GateWanted>[] {
  return [
    askSystem(prompts, choices),
    ...(choices.environments.length > 1 ? [askEnvironment(prompts, choices)] : []),
    askBranch(prompts, choices),
    ...(known.branch === 'another' ? [askText(prompts, 'ref', refRequest())] : []),
    // A component gets the model as its input.
    ...(known.system === 'kubeflow' ? [] : [askText(prompts, 'modelPath', modelPathRequest(choices))]),
    askText(prompts, 'verifier', verifierRequest(choices, known)),
  ];
}

function askSystem(prompts: Prompts, { systems }: GateChoices): Step<GateWanted> {
  return {
    id: 'system',
    ask: async (wanted, place) => {
      const answer = await prompts.pickOne<GateSystem>({
        title: t('Add a Pipeline Gate'),
        placeholder: t('Which pipeline deploys the model?'),
        place,
        choices: systems.map(({ system, path, file }) => ({
          value: system,
          label: NAMES[system],
          description: path,
          ...(file === 'is there' ? { detail: t('is there already, and stays as it is') } : {}),
          chosen: wanted.system === system,
        })),
      });
      return map(answer, (system) => ({ ...wanted, system }));
    },
  };
}

function askEnvironment(prompts: Prompts, { environments, defaults }: GateChoices): Step<GateWanted> {
  return {
    id: 'environment',
    ask: async (wanted, place) => {
      const answer = await prompts.pickOne<string>({
        title: t('Add a Pipeline Gate'),
        placeholder: t('Where does the pipeline deploy to?'),
        place,
        choices: environments.map(({ name, signedBy }) => ({
          value: name,
          label: name,
          description: signedBy === 'people' ? t('signed off by people') : t('signed by the pipeline itself'),
          chosen: (wanted.environment ?? defaults.environment) === name,
        })),
      });
      return map(answer, (environment) => ({ ...wanted, environment }));
    },
  };
}

function askBranch(prompts: Prompts, { branches, defaults }: GateChoices): Step<GateWanted> {
  const others = branches.filter((ref) => ref !== defaults.trustedRef);
  return {
    id: 'branch',
    ask: async (wanted, place) => {
      const chosen = wanted.branch ?? defaults.trustedRef;
      const answer = await prompts.pickOne<string>({
        title: t('Add a Pipeline Gate'),
        placeholder: t('Whose policy and signers does the pipeline trust? Choose a branch that your server protects.'),
        place,
        choices: [
          { value: defaults.trustedRef, label: defaults.trustedRef, description: t('the main branch') },
          ...others.map((ref) => ({ value: ref, label: ref })),
          { value: 'another', label: t('Another Ref…') },
        ].map((choice) => ({ ...choice, chosen: choice.value === chosen })),
      });
      return map(answer, (branch) => ({ ...wanted, branch }));
    },
  };
}

function askText(
  prompts: Prompts,
  field: 'ref' | 'modelPath' | 'verifier',
  request: Pick<TextRequest, 'prompt' | 'value' | 'placeholder' | 'check'>,
): Step<GateWanted> {
  return {
    id: field,
    ask: async (wanted, place) => {
      const value = wanted[field] ?? request.value ?? '';
      const answer = await prompts.ask({ ...request, title: t('Add a Pipeline Gate'), value, place });
      return map(answer, (text) => ({ ...wanted, [field]: text.trim() }));
    },
  };
}

function refRequest() {
  return {
    prompt: t('The full name of a branch that only reviewed changes reach, or the full id of a commit.'),
    placeholder: 'refs/remotes/origin/main',
    check: (text: string) => needed(text) ?? whyNoAnchor(text.trim()),
  };
}

function modelPathRequest({ defaults }: GateChoices) {
  return {
    prompt: t('The very bytes that are deployed, as the pipeline has them: a file or folder.'),
    value: defaults.modelPath,
    check: needed,
  };
}

function verifierRequest({ environments }: GateChoices, { environment }: GateWanted) {
  const meant = environments.find(({ name }) => environments.length === 1 || name === environment);
  const check = (text: string) => whyNotInPipelineFile(text.trim());
  if (meant?.signedBy === 'the pipeline itself') {
    return { prompt: t('The package that evaluates again there; empty: this version of it from npm.'), check };
  }
  const prompt = t(
    'Where the pipeline finds signoff-verify.cjs: an https address, or a path in the repository; empty: its variable {0} says it.',
    VERIFIER_VARIABLE,
  );
  return { prompt, placeholder: `$${VERIFIER_VARIABLE}`, check };
}

function needed(text: string): string | undefined {
  return text.trim() === '' ? t('It can’t be empty.') : whyNotInPipelineFile(text.trim());
}
