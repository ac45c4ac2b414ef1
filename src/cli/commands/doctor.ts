import { escapeForTerminal } from '../../base/text.ts';
import { alignColumns } from '../../report/text-table.ts';
import type { Command } from '../command.ts';
import { examineAnchor } from '../doctor/examine-anchor.ts';
import { examineGit } from '../doctor/examine-git.ts';
import { examineHistory } from '../doctor/examine-history.ts';
import { examineKey } from '../doctor/examine-key.ts';
import { examinePipelines } from '../doctor/examine-pipelines.ts';
import { examinePolicy } from '../doctor/examine-policy.ts';
import type { Finding } from '../doctor/finding.ts';
import { EXIT } from '../exit-code.ts';
import { openPolicyRepository } from '../policy-repository.ts';
import { reachOfCommand } from '../ring-pipeline.ts';
import { noteProblems } from '../terminal.ts';

const MARKS: Readonly<Record<Finding['state'], string>> = { ok: '✓ ok', warn: '! warn', fail: '✗ fail' };

/** Looks at everything that signing, verifying and telling pipelines rest on, changes nothing, and says what to do. */
export const doctorCommand: Command = {
  name: 'doctor',
  summary:
    'Looks at what signing and verifying rest on here, and says what to do. Exit code 0 means that nothing fails; warnings may remain.',
  operands: '',
  options: {
    policy: { type: 'string', placeholder: '<file>', help: 'the policy (default: signoff.yaml here or above)' },
    'trusted-ref': {
      type: 'string',
      placeholder: '<ref>',
      help: 'the branch that pipelines trust (default: the one that this branch follows)',
    },
    'try-key': { type: 'boolean', placeholder: '', help: 'sign something worthless, to see that the key works' },
  },
  run: async (input, { terminal, folder, signal }) => {
    const place = await openPolicyRepository(input.text('policy'), folder);
    if (!place.ok) {
      noteProblems(terminal, [place.problem]);
      return EXIT.cannotAsk;
    }
    const { policy, signers, findings } = await examinePolicy(place.value);
    const trial = input.flag('try-key') ? 'sign' : 'only look';
    const all = [
      ...(await examineGit(place.value)),
      ...findings,
      ...(await examineKey({ place: place.value, policy, signers, trial, signal })),
      ...(await examineAnchor(place.value, input.text('trusted-ref'), new Date())),
      ...(await examineHistory(place.value, policy)),
      ...(await examinePipelines(policy, reachOfCommand(signal))),
    ];
    const { style } = terminal;
    const colours = { ok: style.good, warn: style.strong, fail: style.bad };
    const rows = all.map(({ state, about, message }) => [
      MARKS[state],
      escapeForTerminal(about),
      escapeForTerminal(message),
    ]);
    const lines = alignColumns(rows, (cell, row, column) =>
      column === 0 ? colours[all[row]?.state ?? 'ok'](cell) : cell,
    );
    terminal.print(`${lines.join('\n')}\n`);
    return all.some(({ state }) => state === 'fail') ? EXIT.no : EXIT.yes;
  },
};
