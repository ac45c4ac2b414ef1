import { completeRevocation } from '../../approval/complete-revocation.ts';
import { headVerdict } from '../../approval/head-verdict.ts';
import { type PreparedRevocation, prepareRevocation } from '../../approval/prepare-revocation.ts';
import { namedApprovals, ownApprovals } from '../../approval/revocable.ts';
import { chooseRole, signerOfKey } from '../../approval/signer-of-key.ts';
import { approvalSituation } from '../../approval/situation.ts';
import type { Result } from '../../base/result.ts';
import type { SigningKey } from '../../git/keys.ts';
import { ringsFor } from '../../pipeline/targets.ts';
import { whatHappened } from '../../pipeline/what-happened.ts';
import type { Command, CommandContext, CommandInput } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { type OpenPolicy, openPolicy } from '../open-policy.ts';
import { pushAfter } from '../push-after.ts';
import { ringPipeline } from '../ring-pipeline.ts';
import { cannotAsk, maySignNothing, SIGNING_OPTIONS, showPrepared, tellCommitted, tellDryRun } from '../signing.ts';
import { signerAtTerminal, signingKeyFor } from '../signing-key.ts';

/** Withdraws approvals. Whatever they let in is refused from then on, and nothing older comes back by itself. */
export const revokeCommand: Command = {
  name: 'revoke',
  summary: 'Signs a revocation of approvals and commits it. Exit code 1 means that you may not sign this.',
  operands: '',
  options: {
    approval: {
      type: 'string',
      multiple: true,
      placeholder: '<id>',
      help: 'which, by the first digits of its id; your own or your role’s (default: your own for what is in force)',
    },
    run: { type: 'string', placeholder: '<id>', help: 'your own for this run' },
    ...SIGNING_OPTIONS,
    comment: { type: 'string', placeholder: '<text>', help: 'why; signed with the revocation, and needed' },
  },
  run: async (input, context) => {
    const comment = input.text('comment')?.trim() ?? '';
    if (comment === '') {
      context.terminal.note('signoff revoke needs --comment: whoever asks later has to learn why.\n');
      return EXIT.cannotAsk;
    }
    const place = await openPolicy(input, context.folder);
    if (!place.ok) return cannotAsk(place, context);
    const key = await signingKeyFor(input.text('key'), place.value, context.terminal);
    if (!key.ok) return cannotAsk(key, context);
    const approvals = await approvalsMeant(input, place.value, key.value, context);
    if (!approvals.ok) return maySignNothing(approvals, context);
    const prepared = await prepareRevocation({
      ...place.value,
      ...{ approvals: approvals.value, key: key.value, role: input.text('role'), comment },
      ...{ now: new Date(), signal: context.signal },
    });
    if (!prepared.ok) return maySignNothing(prepared, context);
    showPrepared(prepared.value, context);
    if (input.flag('dry-run')) return tellDryRun(context);
    const signed = await sign(prepared.value, key.value, context);
    const pushed = await pushAfter(signed, input, prepared.value.repository, context);
    if (signed === EXIT.yes) await tellPipeline(prepared.value, place.value, key.value, context);
    return pushed;
  },
};

/** A revocation of what was in force is told as a rejection, to those whom the policy wants told of one. */
async function tellPipeline(
  { statement }: PreparedRevocation,
  place: OpenPolicy,
  key: SigningKey,
  context: CommandContext,
): Promise<void> {
  const { policy, environment } = place;
  if (!ringsFor(policy, environment, 'on_rejected')) return;
  const { run } = statement.predicate;
  const found = await headVerdict({ ...place, run, now: new Date(), signal: context.signal });
  const happened = found.ok ? whatHappened(found.value, policy, environment) : undefined;
  if (!found.ok || happened?.event !== 'on_rejected') return;
  await ringPipeline({ ...place, ...happened, modelId: found.value.modelId, run, key }, context);
}

async function approvalsMeant(
  input: CommandInput,
  place: OpenPolicy,
  key: SigningKey,
  { signal }: CommandContext,
): Promise<Result<string[]>> {
  const situation = await approvalSituation({ ...place, now: new Date(), signal });
  const named = input.texts('approval');
  if (named.length > 0) return namedApprovals(situation, named);
  const signer = signerOfKey(situation, key, 'revoke');
  if (!signer.ok) return signer;
  const { person } = signer.value;
  const role = chooseRole(person, place.policy, place.environment, input.text('role'));
  return role.ok ? ownApprovals(situation, { person, role: role.value }, input.text('run')) : role;
}

async function sign(prepared: PreparedRevocation, key: SigningKey, context: CommandContext): Promise<ExitCode> {
  const { signal } = context;
  const completed = await completeRevocation(prepared, signerAtTerminal(key, context), { now: new Date(), signal });
  if (!completed.ok) return cannotAsk(completed, context);
  tellCommitted(completed.value, context);
  return EXIT.yes;
}
