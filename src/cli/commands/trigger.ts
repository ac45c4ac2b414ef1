import { headVerdict } from '../../approval/head-verdict.ts';
import { escapeForTerminal } from '../../base/text.ts';
import { showsProgress, targetsOf } from '../../pipeline/targets.ts';
import { whatHappened } from '../../pipeline/what-happened.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { openPolicy } from '../open-policy.ts';
import { previewPipeline, ringPipeline } from '../ring-pipeline.ts';
import { cannotAsk, maySignNothing, SIGNING_OPTIONS } from '../signing.ts';
import { signingKeyFor } from '../signing-key.ts';

/** Rings the doorbell again: the pipeline then verifies by itself, so this needs no more than to be true. */
export const triggerCommand: Command = {
  name: 'trigger',
  summary:
    'Tells the pipeline that the model of a run is approved, rolled back to or rejected. Exit code 1 means that it is none of these, or that the pipeline refused.',
  operands: '',
  options: {
    run: { type: 'string', placeholder: '<id>', help: 'the run (default: the one in force)' },
    environment: SIGNING_OPTIONS.environment,
    key: SIGNING_OPTIONS.key,
    policy: SIGNING_OPTIONS.policy,
    again: {
      type: 'boolean',
      placeholder: '',
      help: 'tell also those who may have heard before without an answer; look there first that nothing was started',
    },
    'dry-run': {
      type: 'boolean',
      placeholder: '',
      help: 'show what would be sent to whom, and what waits there; send nothing',
    },
  },
  run: async (input, context) => {
    const { terminal, signal } = context;
    const place = await openPolicy(input, context.folder);
    if (!place.ok) return cannotAsk(place, context);
    const { policy, environment } = place.value;
    const found = await headVerdict({ ...place.value, run: input.text('run'), now: new Date(), signal });
    if (!found.ok)
      return found.problem.code === 'not-approved' ? maySignNothing(found, context) : cannotAsk(found, context);
    const { verdict, run, modelId } = found.value;
    const happened = whatHappened(found.value, policy, environment);
    if (happened === undefined || (happened.progress !== undefined && !showsProgress(policy, environment))) {
      terminal.note(
        `The model of run ${escapeForTerminal(run)} is not approved for ${environment}, so nobody is told.\n`,
      );
      for (const { message } of verdict.reasons) terminal.note(`  ${escapeForTerminal(message)}\n`);
      return EXIT.no;
    }
    const { event } = happened;
    if (targetsOf(policy, environment, event).length === 0) {
      terminal.note(`The policy names nobody to tell (pipeline.${environment}.${event}).\n`);
      return EXIT.cannotAsk;
    }
    const news = { ...place.value, ...happened, modelId, run };
    if (input.flag('dry-run')) {
      await previewPipeline(news, context);
      terminal.note(`Nobody was told: this was a dry run (${event} for run ${escapeForTerminal(run)}).\n`);
      return EXIT.yes;
    }
    const key = await signingKeyFor(input.text('key'), place.value, context.terminal);
    const needsKey = targetsOf(policy, environment, event).some(({ git_tag }) => git_tag !== undefined);
    if (!key.ok && needsKey) return cannotAsk(key, context);
    const states = await ringPipeline(
      { ...news, key: key.ok ? key.value : undefined, afterUnknown: input.flag('again') ? 'send' : 'stop' },
      context,
    );
    return states.every((state) => state === 'accepted' || state === 'already') ? EXIT.yes : EXIT.no;
  },
};
