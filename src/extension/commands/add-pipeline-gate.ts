import { succeed } from '../../base/result.ts';
import { COMMANDS } from '../ids.ts';
import { runSteps } from '../prompts/steps.ts';
import { untrusted } from '../state/signoff-state.ts';
import { t } from '../translation.ts';
import type { Command } from './command.ts';
import { type GateWanted, gateQuestions } from './gate-questions.ts';
import { needSoundPolicy } from './needs.ts';

/**
 * Writes the step that lets nothing through but what people signed, as a draft that a person reads and saves. A file that
 * is there already stays as it is: it opens, and the draft beside it under another name.
 */
export const addPipelineGate: Command = {
  id: COMMANDS.addPipelineGate,
  run: async (services) => {
    const { editor, engine, prompts } = services;
    if (editor.trust() === 'untrusted') return { ok: false, problem: untrusted() };
    const policyFile = await needSoundPolicy(services);
    if (!policyFile.ok) return policyFile;
    const choices = await engine.call('gateChoices', { policyFile: policyFile.value });
    if (!choices.ok) return choices;
    const wanted = await runSteps<GateWanted>({}, (known) => gateQuestions(prompts, choices.value, known));
    if (wanted?.system === undefined) return undefined;
    const { system, branch, ref, modelPath, verifier } = wanted;
    const [only, ...others] = choices.value.environments;
    const environment = wanted.environment ?? (others.length === 0 ? only?.name : undefined);
    const trustedRef = branch === 'another' ? ref : branch;
    const wishes = { environment, trustedRef, modelPath, verifier: verifier === '' ? undefined : verifier };
    const written = await engine.call('gate', { policyFile: policyFile.value, system, wishes });
    if (!written.ok) return written;
    const draft = await editor.openDraft(written.value.file, written.value.text);
    const place = choices.value.systems.find((each) => each.system === system);
    if (place?.file === 'is there') {
      const message = t('{0} stays as it is: take the step over from the draft beside it.', place.path);
      void prompts.notify({ level: 'information', message });
    }
    return succeed(draft);
  },
};
