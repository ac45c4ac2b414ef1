import { completeRollback } from '../../approval/complete-rollback.ts';
import { type PreparedRollback, prepareRollback } from '../../approval/prepare-rollback.ts';
import type { Verdict } from '../../approval/verdict.ts';
import { escapeForTerminal } from '../../base/text.ts';
import type { SigningKey } from '../../git/keys.ts';
import type { Command, CommandContext } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { type OpenPolicy, openPolicy } from '../open-policy.ts';
import { pushAfter } from '../push-after.ts';
import { ringPipeline } from '../ring-pipeline.ts';
import { cannotAsk, maySignNothing, SIGNING_OPTIONS, showPrepared, tellCommitted, tellDryRun } from '../signing.ts';
import { signerAtTerminal, signingKeyFor } from '../signing-key.ts';

/** Goes back to the last approved model whose files are there: one signature, since everybody had approved it before. */
export const rollbackCommand: Command = {
  name: 'rollback',
  summary:
    'Signs a rollback to the last approved model whose files are there, commits it and tells the pipeline. Exit code 1 means that you may not sign this, or that there is nothing to go back to.',
  operands: '',
  options: {
    run: { type: 'string', placeholder: '<id>', help: 'the run to go back to (default: the last approved one)' },
    ...SIGNING_OPTIONS,
    comment: { type: 'string', placeholder: '<text>', help: 'why; signed with the rollback, and needed' },
  },
  run: async (input, context) => {
    const comment = input.text('comment')?.trim() ?? '';
    if (comment === '') {
      context.terminal.note('signoff rollback needs --comment: whoever asks later has to learn why.\n');
      return EXIT.cannotAsk;
    }
    const place = await openPolicy(input, context.folder);
    if (!place.ok) return cannotAsk(place, context);
    const key = await signingKeyFor(input.text('key'), place.value, context.terminal);
    if (!key.ok) return cannotAsk(key, context);
    const { signal } = context;
    const signing = { key: key.value, role: input.text('role'), run: input.text('run') };
    const prepared = await prepareRollback({ ...place.value, ...signing, comment, now: new Date(), signal });
    if (!prepared.ok) return maySignNothing(prepared, context);
    showPrepared(prepared.value, context);
    tellPassedOver(prepared.value, context);
    if (input.flag('dry-run')) return tellDryRun(context);
    const signed = await sign(prepared.value, { place: place.value, key: key.value }, context);
    if (!signed.ok) return signed.exit;
    // The pipeline has to be able to fetch what it is told of.
    const pushed = await pushAfter(EXIT.yes, input, prepared.value.repository, context);
    await tell(prepared.value, { place: place.value, key: key.value, verdict: signed.verdict }, context);
    return pushed;
  },
};

function tellPassedOver({ passedOver }: PreparedRollback, { terminal }: CommandContext): void {
  if (passedOver.length === 0) return;
  terminal.note('Nearer versions that can’t be gone back to:\n');
  for (const why of passedOver) terminal.note(`  ${escapeForTerminal(why)}\n`);
}

async function sign(
  prepared: PreparedRollback,
  { place, key }: { readonly place: OpenPolicy; readonly key: SigningKey },
  context: CommandContext,
): Promise<{ readonly ok: true; readonly verdict: Verdict } | { readonly ok: false; readonly exit: ExitCode }> {
  const { terminal, signal } = context;
  const completed = await completeRollback(prepared, signerAtTerminal(key, context), { now: new Date(), signal });
  if (!completed.ok) return { ok: false, exit: cannotAsk(completed, context) };
  tellCommitted(completed.value, context);
  const { environment } = place;
  const { quorumComplete, verdict } = completed.value;
  if (!quorumComplete) {
    for (const { message } of verdict.reasons) terminal.note(`${escapeForTerminal(message)}\n`);
    return { ok: false, exit: EXIT.no };
  }
  const { run } = prepared.to;
  terminal.note(
    `${terminal.style.good('✓')} ${environment} goes back to the model of run ${escapeForTerminal(run)}.\n`,
  );
  return { ok: true, verdict };
}

/** What was signed and committed stands, whether the pipeline could be told or not. */
async function tell(
  prepared: PreparedRollback,
  { place, key, verdict }: { readonly place: OpenPolicy; readonly key: SigningKey; readonly verdict: Verdict },
  context: CommandContext,
): Promise<void> {
  const { environment } = place;
  const news = { event: 'on_rolled_back', ...prepared.to, approvals: verdict.approvals } as const;
  const told = await ringPipeline({ ...place, ...news, key }, context);
  if (told.length === 0) {
    context.terminal.note(
      `The policy tells nobody of rollbacks (pipeline.${environment}.on_rolled_back); signoff trigger tells those who are told of approvals.\n`,
    );
  }
}
