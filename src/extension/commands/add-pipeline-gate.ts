import { succeed } from '../../base/result.ts';
import { GATE_SYSTEMS, type GateSystem } from '../../pipeline/gates/gate.ts';
import { COMMANDS } from '../ids.ts';
import { runSteps, type Step } from '../prompts/steps.ts';
import { map } from '../sign-off/questions.ts';
import { untrusted } from '../state/signoff-state.ts';
import { t } from '../translation.ts';
import type { Command, Services } from './command.ts';
import { needSoundPolicy } from './needs.ts';

interface Wanted {
  readonly system?: GateSystem;
  readonly modelPath?: string;
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

/** Writes the step that lets nothing through but what people signed, as a draft that a person reads and saves. */
export const addPipelineGate: Command = {
  id: COMMANDS.addPipelineGate,
  run: async (services) => {
    if (services.editor.trust() === 'untrusted') return { ok: false, problem: untrusted() };
    const policyFile = await needSoundPolicy(services);
    if (!policyFile.ok) return policyFile;
    const wanted = await runSteps<Wanted>({}, () => [
      askSystem(services),
      askText(
        services,
        'modelPath',
        t('The very bytes that are deployed, as the pipeline has them: a file or folder.'),
      ),
      askText(
        services,
        'verifier',
        t('Where the pipeline finds signoff-verify.cjs: an https address, or a path in the repository.'),
      ),
    ]);
    if (wanted?.system === undefined) return undefined;
    const { system, modelPath, verifier } = wanted;
    const input = { policyFile: policyFile.value, system, wishes: { modelPath, verifier } };
    const written = await services.engine.call('gate', input);
    if (!written.ok) return written;
    await services.editor.openDraft(written.value.file, written.value.text);
    return succeed(written.value.file);
  },
};

function askSystem({ prompts }: Services): Step<Wanted> {
  return {
    id: 'system',
    ask: async (wanted, place) => {
      const answer = await prompts.pickOne<GateSystem>({
        title: t('Add a Pipeline Gate'),
        placeholder: t('Which pipeline deploys the model?'),
        place,
        choices: GATE_SYSTEMS.map((value) => ({ value, label: NAMES[value], chosen: wanted.system === value })),
      });
      return map(answer, (system) => ({ ...wanted, system }));
    },
  };
}

function askText({ prompts }: Services, field: 'modelPath' | 'verifier', prompt: string): Step<Wanted> {
  return {
    id: field,
    ask: async (wanted, place) => {
      const answer = await prompts.ask({
        title: t('Add a Pipeline Gate'),
        prompt,
        place,
        check: (text) => (text.trim() === '' ? t('It can’t be empty.') : undefined),
      });
      return map(answer, (text) => ({ ...wanted, [field]: text.trim() }));
    },
  };
}
