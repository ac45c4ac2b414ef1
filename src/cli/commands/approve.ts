import type { Command } from '../command.ts';
import { acceptedOf, attestationsOf, waiversOf } from '../decision-options.ts';
import { EXIT } from '../exit-code.ts';
import { DECISION_OPTIONS, signDecision } from '../sign-decision.ts';
import { noteProblems } from '../terminal.ts';

/** Signs an approval. What needs a person is said by name: accepted, waived or attested. */
export const approveCommand: Command = {
  name: 'approve',
  summary: 'Evaluates, signs an approval and commits it. Exit code 1 means that you may not sign this.',
  operands: '',
  options: {
    ...DECISION_OPTIONS,
    accept: {
      type: 'string',
      multiple: true,
      placeholder: '<check>=<reason>',
      help: 'accept an uncertain outcome by name',
    },
    waive: {
      type: 'string',
      multiple: true,
      placeholder: '<check>=<reason>@<date>',
      help: 'waive a check until a day',
    },
    attest: {
      type: 'string',
      multiple: true,
      placeholder: '<check>[=<file>]',
      help: 'confirm what only a person can say',
    },
    automatic: { type: 'boolean', placeholder: '', help: 'sign as a machine, where the policy allows it' },
  },
  run: async (input, context) => {
    const accepted = acceptedOf(input.texts('accept'));
    const waivers = waiversOf(input.texts('waive'));
    const attestations = attestationsOf(input.texts('attest'));
    if (!accepted.ok || !waivers.ok || !attestations.ok) {
      const results = [accepted, waivers, attestations];
      noteProblems(
        context.terminal,
        results.flatMap((result) => (result.ok ? [] : [result.problem])),
      );
      return EXIT.cannotAsk;
    }
    return signDecision(
      input,
      {
        decision: 'approve',
        accepted: accepted.value,
        waivers: waivers.value,
        attestations: attestations.value,
        by: input.flag('automatic') ? 'machine' : 'person',
      },
      context,
    );
  },
};
