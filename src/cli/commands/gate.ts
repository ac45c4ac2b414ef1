import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { escapeForTerminal } from '../../base/text.ts';
import { GATE_SYSTEMS, type GateSystem } from '../../pipeline/gates/gate.ts';
import { proposeGate } from '../../pipeline/gates/propose-gate.ts';
import { writeGate } from '../../pipeline/gates/write-gate.ts';
import type { Command, CommandContext } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { openPolicy } from '../open-policy.ts';
import { cannotAsk, SIGNING_OPTIONS } from '../signing.ts';

/** Prints the step that lets nothing through but what people signed. It goes into a file only where none is. */
export const gateCommand: Command = {
  name: 'gate',
  summary: 'Prints the pipeline step that runs the pinned verifier with an anchor, and deploys only when it says yes.',
  operands: `<${GATE_SYSTEMS.join('|')}>`,
  options: {
    environment: {
      type: 'string',
      placeholder: '<name>',
      help: 'where the model is deployed (default: the last environment that is not automatic)',
    },
    'trusted-ref': {
      type: 'string',
      placeholder: '<ref>',
      help: 'what the pipeline trusts (default: the remote’s main branch, else refs/heads/main)',
    },
    'model-path': {
      type: 'string',
      placeholder: '<path>',
      help: 'the very bytes that are deployed (default: the policy’s artifact, else model beside the policy)',
    },
    verifier: {
      type: 'string',
      placeholder: '<address|path>',
      help: 'where the pipeline finds signoff-verify.cjs, whose digest stands in the step (default: its variable SIGNOFF_VERIFIER)',
    },
    deploy: { type: 'string', placeholder: '<command>', help: 'what deploys (default: ./deploy.sh)' },
    policy: SIGNING_OPTIONS.policy,
    output: { type: 'string', placeholder: '<file>', help: 'write it there, where no file is yet' },
  },
  run: async (input, context) => {
    const [system, ...others] = input.positionals;
    if (!isGateSystem(system) || others.length > 0) {
      context.terminal.note(`signoff gate takes one system: ${GATE_SYSTEMS.join(', ')}.\n`);
      return EXIT.cannotAsk;
    }
    const place = await openPolicy(input, context.folder);
    if (!place.ok) return cannotAsk(place, context);
    const gate = await proposeGate(place.value, {
      environment: input.text('environment'),
      trustedRef: input.text('trusted-ref'),
      modelPath: input.text('model-path'),
      verifier: input.text('verifier'),
      deploy: input.text('deploy'),
    });
    if (!gate.ok) return cannotAsk(gate, context);
    const { text, path } = writeGate(system, gate.value);
    const output = input.text('output');
    if (output !== undefined) return writeNew(output, text, context);
    context.terminal.print(text);
    context.terminal.note(`Usually this is ${path}; --output ${path} writes it there.\n`);
    return EXIT.yes;
  },
};

function isGateSystem(text: string | undefined): text is GateSystem {
  return (GATE_SYSTEMS as readonly (string | undefined)[]).includes(text);
}

function writeNew(output: string, text: string, { folder, terminal }: CommandContext): ExitCode {
  try {
    writeFileSync(resolve(folder, output), text, { flag: 'wx', mode: 0o755 });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'EEXIST' ? 'is there already, and is not overwritten' : `can’t be written: ${message}`;
    terminal.note(`${escapeForTerminal(output)} ${escapeForTerminal(why)}.\n`);
    return EXIT.cannotAsk;
  }
  terminal.note(`Written to ${escapeForTerminal(output)}.\n`);
  return EXIT.yes;
}
