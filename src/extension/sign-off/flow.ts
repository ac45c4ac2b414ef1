import { dirname } from 'node:path';
import { fail, type Result, succeed } from '../../base/result.ts';
import type { Policy } from '../../policy/schema.ts';
import type { Services } from '../commands/command.ts';
import type { Assessed } from '../commands/needs.ts';
import { needApprovals } from '../commands/needs.ts';
import type { ApprovalsReply } from '../engine/approvals.ts';
import type { SignOffInput } from '../engine/sign-off.ts';
import type { PreparedReply } from '../engine/tickets.ts';
import { SETTINGS } from '../ids.ts';
import { runSteps } from '../prompts/steps.ts';
import { t } from '../translation.ts';
import { type Answers, NO_ANSWERS } from './answers.ts';
import { confirmSigning } from './confirm-signing.ts';
import { complainAboutEvidence } from './evidence-path.ts';
import { type OpenPoint, openPointsOf } from './open-points.ts';
import { signTicket } from './sign-ticket.ts';
import { type Intention, type Material, planSteps } from './steps.ts';
import { surroundingsOf } from './surroundings.ts';
import { tellResult } from './tell-result.ts';

export interface FlowOptions {
  readonly title: string;
  readonly intention: Intention;
  readonly preselect: (point: OpenPoint) => boolean;
  /** Said at once where nobody could settle any point that is preselected. */
  readonly nothingToSettle?: string | undefined;
  /** Where the person already said which environment is meant, by a click on it. */
  readonly environment?: string | undefined;
}

export interface SignedResult {
  readonly commit: string;
  readonly approval: string;
  readonly quorum: 'complete' | 'incomplete';
}

/**
 * From the first question to the commit. Everything is asked before anything is written, and the last question shows
 * exactly what the signature covers. Undefined where the person stopped.
 */
export async function signOffFlow(services: Services, options: FlowOptions): Promise<Result<SignedResult> | undefined> {
  const material = await gather(services, options);
  if (!material.ok) return material;
  const { known, questions } = material.value;
  const answers = await runSteps(NO_ANSWERS, planSteps(questions));
  if (answers === undefined) return undefined;
  const input = signOffInput(answers, questions, known);
  if (!input.ok) return input;
  const prepared = await services.prompts.withProgress(t('Checking what will be signed'), (reportProgress, signal) =>
    services.engine.call('prepareSignOff', input.value, { reportProgress, signal }),
  );
  if (!prepared.ok) return prepared;
  if (prepared.value.already === 'signed') return tellAlreadySigned(services, prepared.value);
  const surroundings = surroundingsOf(known, input.value, prepared.value);
  const agreed = await confirmSigning(services, questions.intention, prepared.value, surroundings);
  if (!agreed) {
    await services.engine.call('dropSignOff', { ticket: prepared.value.ticket });
    return undefined;
  }
  const completed = await signTicket(services, prepared.value);
  if (!completed?.ok) return completed;
  await services.state.refresh('approvals');
  // Not awaited: a notification stays until somebody closes it, and the sign-off is over before.
  void tellResult(services, {
    input: input.value,
    prepared: prepared.value,
    completed: completed.value,
    policy: known.policy,
  });
  return succeed(completed.value);
}

async function tellAlreadySigned({ engine, prompts }: Services, prepared: PreparedReply): Promise<undefined> {
  await engine.call('dropSignOff', { ticket: prepared.ticket });
  const message = t('{0} has signed exactly this already, so nothing was signed.', prepared.person);
  void prompts.notify({ level: 'information', message });
}

interface Gathered {
  readonly known: Assessed & { readonly approvals: ApprovalsReply };
  readonly questions: Material;
}

async function gather(services: Services, options: FlowOptions): Promise<Result<Gathered>> {
  const known = await needApprovals(services);
  if (!known.ok) return known;
  const { policyFile, policy, assessed, approvals } = known.value;
  if (approvals.whyNoSigning !== undefined) return { ok: false, problem: approvals.whyNoSigning };
  if (assessed.assessment.model_id === null) {
    return fail('no-model-files', t('This run left no model files, so there is nothing that could be approved.'));
  }
  const { nothingToSettle } = options;
  if (nothingToSettle !== undefined && !anybodyCanSettle(options, policy, approvals)) {
    return { ok: false, problem: { code: 'nothing-to-settle', severity: 'information', message: nothingToSettle } };
  }
  const ownKeys = services.editor.setting<readonly string[]>(SETTINGS.signingKeys) ?? [];
  const keys = await services.engine.call('signingKeys', { policyFile, keyFiles: ownKeys });
  if (!keys.ok) return keys;
  if (keys.value.length === 0) {
    return fail(
      'no-key',
      t(
        'There is no SSH key to sign with: set git’s user.signingkey, or name key files in the setting {0}.',
        SETTINGS.signingKeys,
      ),
    );
  }
  const { title, intention, preselect } = options;
  // The environment that most people mean stands first; one that was clicked on is not asked for.
  const environments = approvals.environments
    .filter(({ name }) => options.environment === undefined || name === options.environment)
    .toReversed();
  const questions = {
    title,
    intention,
    policy,
    preselect,
    environments,
    keys: keys.value,
    outcomes: approvals.outcomes,
    prompts: services.prompts,
    now: services.now(),
    complainAboutEvidence: (path: string) => complainAboutEvidence(path, dirname(policyFile)),
  };
  return succeed({ known: known.value, questions });
}

function anybodyCanSettle({ preselect }: FlowOptions, policy: Policy, { outcomes }: ApprovalsReply): boolean {
  return Object.keys(policy.signoff.roles).some((role) => openPointsOf(outcomes, policy, role).some(preselect));
}

/** The answers as the engine wants them; or what no question could set right, such as a key of nobody. */
function signOffInput(answers: Answers, questions: Material, known: Gathered['known']): Result<SignOffInput> {
  const environment = answers.environment ?? questions.environments[0]?.name;
  const { key, role } = answers;
  if (environment === undefined || key === undefined)
    return fail('incomplete', t('The sign-off was not answered to the end.'));
  if (key.person === undefined) {
    return fail(
      'unknown-key',
      t(
        'The key {0} belongs to nobody in .signoff/allowed_signers: add it there, and commit that first.',
        key.fingerprint,
      ),
    );
  }
  if (role === undefined) {
    return fail('no-role', t('{0} holds no role in the policy, so the signature would fill no seat.', key.person));
  }
  const offered = new Set(openPointsOf(questions.outcomes, questions.policy, role).map((point) => point.check));
  // A role chosen anew may no longer settle what was ticked before.
  const points =
    questions.intention === 'reject' ? [] : (answers.points ?? []).filter((point) => offered.has(point.check));
  const detail = (point: OpenPoint): NonNullable<ReturnType<Answers['details']['get']>> =>
    answers.details.get(point.check) ?? {};
  return succeed({
    policyFile: known.policyFile,
    run: known.assessed.assessment.run.id,
    environment,
    decision: questions.intention,
    role,
    fingerprint: key.fingerprint,
    keyFile: key.file,
    publicKey: key.publicKey,
    comment: answers.comment ?? '',
    accepted: points
      .filter(({ kind }) => kind === 'accept')
      .map((point) => ({ check: point.check, reason: detail(point).reason ?? '' })),
    waivers: points
      .filter(({ kind }) => kind === 'waive')
      .map((point) => ({ check: point.check, reason: detail(point).reason ?? '', until: detail(point).until ?? '' })),
    attestations: points
      .filter(({ kind }) => kind === 'attest')
      .map((point) => ({ check: point.check, evidence: detail(point).evidence ?? '' })),
  });
}
