import { headVerdict } from '../../approval/head-verdict.ts';
import { escapeForTerminal } from '../../base/text.ts';
import { type PipelineEvent, targetsOf } from '../../pipeline/targets.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { openPolicy } from '../open-policy.ts';
import { ringPipeline } from '../ring-pipeline.ts';
import { cannotAsk, maySignNothing, SIGNING_OPTIONS } from '../signing.ts';
import { signingKeyFor } from '../signing-key.ts';

/** Rings the doorbell again: the pipeline then verifies by itself, so this needs no more than to be true. */
export const triggerCommand: Command = {
  name: 'trigger',
  summary:
    'Tells the pipeline that the model of a run is approved. Exit code 1 means that it is not approved, or that the pipeline refused.',
  operands: '',
  options: {
    run: { type: 'string', placeholder: '<id>', help: 'the run (default: the one in force)' },
    environment: SIGNING_OPTIONS.environment,
    key: SIGNING_OPTIONS.key,
    policy: SIGNING_OPTIONS.policy,
    'dry-run': { type: 'boolean', placeholder: '', help: 'say what would be told, and tell nobody' },
  },
  run: async (input, context) => {
    const { terminal, signal } = context;
    const place = await openPolicy(input, context.folder);
    if (!place.ok) return cannotAsk(place, context);
    const { policy, environment } = place.value;
    const found = await headVerdict({ ...place.value, run: input.text('run'), now: new Date(), signal });
    if (!found.ok)
      return found.problem.code === 'not-approved' ? maySignNothing(found, context) : cannotAsk(found, context);
    const { verdict, run, modelId, by } = found.value;
    if (!verdict.approved) {
      terminal.note(
        `The model of run ${escapeForTerminal(run)} is not approved for ${environment}, so nobody is told.\n`,
      );
      for (const { message } of verdict.reasons) terminal.note(`  ${escapeForTerminal(message)}\n`);
      return EXIT.no;
    }
    const rolledBack = by === 'rollback' && targetsOf(policy, environment, 'on_rolled_back').length > 0;
    const event: PipelineEvent = rolledBack ? 'on_rolled_back' : 'on_approved';
    if (targetsOf(policy, environment, event).length === 0) {
      terminal.note(`The policy names nobody to tell (pipeline.${environment}.${event}).\n`);
      return EXIT.cannotAsk;
    }
    if (input.flag('dry-run')) {
      terminal.note(`Nobody was told: this was a dry run (${event} for run ${escapeForTerminal(run)}).\n`);
      return EXIT.yes;
    }
    const key = await signingKeyFor(input.text('key'), place.value, context.terminal);
    if (!key.ok) return cannotAsk(key, context);
    const news = { event, modelId, run, approvals: verdict.approvals, key: key.value };
    const states = await ringPipeline({ ...place.value, ...news }, context);
    return states.every((state) => state === 'accepted' || state === 'already') ? EXIT.yes : EXIT.no;
  },
};
