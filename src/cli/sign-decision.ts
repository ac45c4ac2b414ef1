import { dirname } from 'node:path';
import { completeSignOff } from '../approval/complete-sign-off.ts';
import { headVerdict } from '../approval/head-verdict.ts';
import { type PreparedSignOff, prepareSignOff, type SignOffRequest } from '../approval/prepare-sign-off.ts';
import type { Assessed } from '../checks/load-and-assess.ts';
import type { SigningKey } from '../git/keys.ts';
import { ringsFor } from '../pipeline/targets.ts';
import { whatHappened } from '../pipeline/what-happened.ts';
import { assessNamedRun } from './assess-named-run.ts';
import type { CommandContext, CommandInput, OptionHelp } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { environmentOf } from './lay-over-approvals.ts';
import { findPolicyFile } from './policy-file.ts';
import { openPolicyRepository } from './policy-repository.ts';
import { pushAfter } from './push-after.ts';
import { ringPipeline } from './ring-pipeline.ts';
import { cannotAsk, maySignNothing, SIGNING_OPTIONS, showPrepared, tellCommitted, tellDryRun } from './signing.ts';
import { signerAtTerminal, signingKeyFor } from './signing-key.ts';
import { noteProblems } from './terminal.ts';

/** The options that `approve` and `reject` share. */
export const DECISION_OPTIONS: Readonly<Record<string, OptionHelp>> = {
  run: { type: 'string', placeholder: '<id>', help: 'the run (default: the newest finished one)' },
  ...SIGNING_OPTIONS,
  'trusted-ref': {
    type: 'string',
    placeholder: '<ref>',
    help: 'the protected branch to compare the policy with before signing (default: the remote’s main branch)',
  },
};

export type DecisionDetails = Pick<SignOffRequest, 'decision' | 'accepted' | 'waivers' | 'attestations' | 'by'>;

/**
 * Evaluates, shows exactly what is signed, signs and commits. The exit code is 1 when this person may not sign this,
 * and 2 when the question could not be asked; other people's open points are no obstacle.
 */
export async function signDecision(
  input: CommandInput,
  details: DecisionDetails,
  context: CommandContext,
): Promise<ExitCode> {
  const { terminal } = context;
  const policyFile = findPolicyFile(input.text('policy'), context.folder);
  if (!policyFile.ok) return cannotAsk(policyFile, context);
  const loaded = await assessNamedRun(policyFile.value, input, context);
  if (!loaded.ok) return cannotAsk(loaded, context);
  const assessed = loaded.value;
  // That a run is not finished stands beside what is signed.
  noteProblems(
    terminal,
    assessed.problems.filter(({ code }) => code !== 'run-not-finished'),
  );
  const environment = environmentOf(assessed, input.text('environment'));
  if (!environment.ok) return cannotAsk(environment, context);
  const place = await openPolicyRepository(policyFile.value, dirname(policyFile.value));
  if (!place.ok) return cannotAsk(place, context);
  terminal.endProgress();
  const key = await signingKeyFor(input.text('key'), place.value, terminal);
  if (!key.ok) return cannotAsk(key, context);

  const prepared = await prepareSignOff({
    ...place.value,
    ...details,
    environment: environment.value,
    assessed,
    key: key.value,
    role: input.text('role'),
    comment: input.text('comment') ?? '',
    trustedRef: input.text('trusted-ref'),
    now: new Date(),
  });
  terminal.endProgress();
  if (!prepared.ok) {
    const asked = !prepared.problem.code.startsWith('anchor-');
    return asked ? maySignNothing(prepared, context) : cannotAsk(prepared, context);
  }
  showPrepared(prepared.value, context);
  if (input.flag('dry-run')) return tellDryRun(context);
  const signed = await sign(prepared.value, key.value, context);
  const pushed = await pushAfter(signed, input, prepared.value.repository, context);
  if (signed === EXIT.yes) await tellPipeline({ ...place.value, ...prepared.value, assessed, key: key.value }, context);
  return pushed;
}

interface Signed extends Pick<PreparedSignOff, 'repository' | 'policyPath' | 'statement' | 'key'> {
  readonly assessed: Assessed;
}

/**
 * A rejection is told at once, and so is how far a sign-off is; a complete approval when somebody says so
 * (`signoff trigger`), since the pipeline has to be able to fetch it first.
 */
async function tellPipeline({ assessed, statement, ...place }: Signed, context: CommandContext): Promise<void> {
  const { policy, policyBytes, run } = assessed;
  const { environment } = statement.predicate;
  const asked = { ...place, policy, policyBytes, environment, run: run.id, now: new Date(), signal: context.signal };
  if (!ringsFor(policy, environment, 'on_rejected') && !ringsFor(policy, environment, 'on_approved')) return;
  const found = await headVerdict(asked);
  const happened = found.ok ? whatHappened(found.value, policy, environment) : undefined;
  if (!found.ok || happened === undefined) return;
  if (happened.event === 'on_rejected' || happened.progress !== undefined) {
    await ringPipeline({ ...asked, ...happened, modelId: found.value.modelId, key: place.key }, context);
  } else if (ringsFor(policy, environment, happened.event)) {
    context.terminal.note('Push it, then tell the pipeline: signoff trigger\n');
  }
}

async function sign(prepared: PreparedSignOff, key: SigningKey, context: CommandContext): Promise<ExitCode> {
  const { terminal, signal } = context;
  const completed = await completeSignOff(prepared, signerAtTerminal(key, context), { now: new Date(), signal });
  if (!completed.ok) return cannotAsk(completed, context);
  tellCommitted(completed.value, context);
  const { decision, environment } = prepared.statement.predicate;
  if (decision !== 'approve') return EXIT.yes;
  terminal.note(
    completed.value.quorumComplete
      ? `${terminal.style.good('✓')} Every signature for ${environment} is there.\n`
      : `Not approved for ${environment} yet: see what is open above.\n`,
  );
  return EXIT.yes;
}
