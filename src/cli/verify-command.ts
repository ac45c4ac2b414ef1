import { resolve } from 'node:path';
import type { Recheck } from '../approval/recheck.ts';
import { unknownNamesWarning } from '../approval/separation.ts';
import type { TrustAnchor } from '../approval/trust-anchor.ts';
import type { VerifyRequest } from '../approval/verify.ts';
import { fail, type Problem, type Result, succeed } from '../base/result.ts';
import { type BegunReading, beginReading } from '../git/begin-reading.ts';
import { renderVerdict, VERDICT_FORMATS, type VerdictFormat } from '../report/render-verdict.ts';
import { renderVerificationSummary } from '../report/verification-summary.ts';
import type { Command, CommandContext, CommandInput } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { deliver } from './files.ts';
import { choiceOf } from './options.ts';
import { repositoryToVerify } from './repository-to-verify.ts';
import { noteProblems, problemInWords, type Terminal } from './terminal.ts';

const NO_RECHECK: Problem = {
  code: 'recheck-not-here',
  severity: 'error',
  message:
    'This verifier in one file can’t evaluate a run again: for --recheck install the whole package, model-signoff.',
};

/** What the whole package can do, and the verifier in one file can't. */
export interface VerifyAbilities {
  readonly recheck: Recheck | undefined;
}

/** Answers a pipeline's question. It reads git objects and the model's bytes, and believes nothing but signatures. */
export function verifyCommandWith(abilities: VerifyAbilities): Command {
  return { ...HELP, run: (input, context) => runVerify(input, context, abilities) };
}

const HELP: Omit<Command, 'run'> = {
  name: 'verify',
  summary: 'Says whether the signatures allow this model to go live. Exit code 0 means yes.',
  operands: '',
  options: {
    environment: { type: 'string', placeholder: '<name>', help: 'where the model is to go live' },
    run: { type: 'string', placeholder: '<id>', help: 'the run whose model is to go live' },
    'model-path': { type: 'string', placeholder: '<path>', help: 'the very bytes to deploy: a file or a folder' },
    'trusted-ref': {
      type: 'string',
      placeholder: '<ref>',
      help: 'the protected branch that policy and signers are trusted from',
    },
    root: {
      type: 'string',
      multiple: true,
      placeholder: '<SHA256:…>',
      help: 'a root key that signed release 1, in place of a branch; may be repeated',
    },
    'min-release': { type: 'string', placeholder: '<n>', help: 'the lowest release that --root accepts' },
    project: { type: 'string', placeholder: '<name>', help: 'the only project whose releases --root accepts' },
    live: { type: 'string', placeholder: '<model id|none>', help: 'what runs there now' },
    policy: { type: 'string', placeholder: '<file>', help: 'the policy (default: signoff.yaml in this very folder)' },
    repository: {
      type: 'string',
      placeholder: '<folder>',
      help: 'the top level to verify, where it is a submodule of another',
    },
    recheck: { type: 'boolean', placeholder: '', help: 'evaluate the run again, and compare with what was signed' },
    'emit-vsa': {
      type: 'string',
      placeholder: '<file>',
      help: 'when approved, write a SLSA verification summary there, for the pipeline to sign',
    },
    format: { type: 'string', placeholder: VERDICT_FORMATS.join('|'), help: 'how to answer (default: text)' },
    output: { type: 'string', placeholder: '<file>', help: 'write the answer there' },
  },
};

async function runVerify(
  input: CommandInput,
  context: CommandContext,
  { recheck }: VerifyAbilities,
): Promise<ExitCode> {
  const { terminal, folder, signal } = context;
  const format = choiceOf(input, 'format', VERDICT_FORMATS);
  const missing = whatIsMissing(input) ?? whatIsNotHere(input, recheck);
  const anchor = anchorOf(input);
  if (missing !== undefined || !format.ok || !anchor.ok) {
    const problem = [format, anchor].find((result) => !result.ok);
    terminal.note(`${missing ?? (problem === undefined || problem.ok ? '' : problemInWords(problem.problem))}\n`);
    return EXIT.cannotAsk;
  }
  const asked = resolve(folder, input.text('repository') ?? '.');
  const begun = beginReading(asked, 'trustedRef' in anchor.value ? anchor.value.trustedRef : undefined, signal);
  try {
    return await answer({ input, context, anchor: anchor.value, format: format.value, begun }, recheck);
  } finally {
    begun?.objects.close();
  }
}

interface VerifyQuestion {
  readonly input: CommandInput;
  readonly context: CommandContext;
  readonly anchor: TrustAnchor;
  readonly format: VerdictFormat;
  readonly begun: BegunReading | undefined;
}

async function answer(question: VerifyQuestion, recheck: Recheck | undefined): Promise<ExitCode> {
  const { input, context, anchor, format, begun } = question;
  const { terminal, folder, signal } = context;
  // Loaded while git answers.
  const judging = import('../approval/verify.ts');
  const place = await repositoryToVerify({
    folder,
    shellFolder: process.env['PWD'],
    policy: input.text('policy'),
    repository: input.text('repository'),
  });
  if (!place.ok) return cannotAsk(terminal, place.problem);
  const environment = input.text('environment') ?? '';
  const modelPath = input.text('model-path');
  const request: VerifyRequest = {
    ...{ repository: place.value.repository, policyPath: place.value.policyPath, environment },
    ...{ run: input.text('run'), modelPath: modelPath === undefined ? undefined : resolve(folder, modelPath) },
    ...{ anchor, live: input.text('live') },
    ...{ now: new Date(), signal, begun },
  };
  const { verifyInDetail } = await judging;
  const judgement = await verifyInDetail(request);
  if (!judgement.ok) return cannotAsk(terminal, judgement.problem);
  const checked = input.flag('recheck')
    ? await recheck?.(request, judgement.value, terminal.reportProgress)
    : succeed(judgement.value.verdict);
  terminal.endProgress();
  if (checked === undefined || !checked.ok) return cannotAsk(terminal, checked?.problem ?? NO_RECHECK);
  const verdict = checked.value;
  const { policyPath } = request;
  const text = renderVerdict(verdict, { format, environment, policyPath, style: terminal.style });
  await deliver(text, input.text('output'), context);
  const { judged } = judgement.value;
  const unknown = unknownNamesWarning(judged?.unknownNames ?? []);
  if (unknown !== undefined)
    noteProblems(terminal, [{ code: 'person-unknown', severity: 'warning', message: unknown }]);
  const summaryFile = input.text('emit-vsa');
  if (summaryFile !== undefined && verdict.approved && judged !== undefined)
    await deliver(renderVerificationSummary(judged, request), summaryFile, context);
  return verdict.approved ? EXIT.yes : EXIT.no;
}

function cannotAsk(terminal: Terminal, problem: Problem): ExitCode {
  noteProblems(terminal, [problem]);
  return EXIT.cannotAsk;
}

function whatIsNotHere(input: CommandInput, recheck: Recheck | undefined): string | undefined {
  return input.flag('recheck') && recheck === undefined ? NO_RECHECK.message : undefined;
}

function anchorOf(input: CommandInput): Result<TrustAnchor> {
  const trustedRef = input.text('trusted-ref');
  const roots = input.texts('root');
  const [minRelease, project] = [input.text('min-release'), input.text('project')];
  if (roots.length === 0) {
    if (minRelease === undefined && project === undefined) return succeed({ trustedRef: trustedRef ?? '' });
    return fail('option-invalid', '--min-release and --project say which releases count, so they need --root.');
  }
  if (trustedRef !== undefined)
    return fail('option-invalid', 'Name one anchor: --trusted-ref trusts a branch, --root trusts keys.');
  if (minRelease !== undefined && !/^[1-9][0-9]{0,8}$/.test(minRelease))
    return fail('option-invalid', `--min-release takes a whole number from 1 on, not “${minRelease}”.`);
  return succeed({ roots, minRelease: minRelease === undefined ? undefined : Number(minRelease), project });
}

/** What the question lacks, in one sentence that says how to ask it. */
function whatIsMissing(input: CommandInput): string | undefined {
  if (input.text('trusted-ref') === undefined && input.texts('root').length === 0) {
    return 'signoff verify needs an anchor: trust never comes from the tree being verified. Name the protected branch that policy and signers are reviewed on, for example --trusted-ref refs/remotes/origin/main; or, where that branch is not protected, the root keys of your releases with --root SHA256:… --min-release <n>.';
  }
  if (input.text('environment') === undefined) {
    return 'signoff verify needs --environment: an approval for one environment is void in another.';
  }
  if (input.text('run') === undefined && input.text('model-path') === undefined) {
    return 'signoff verify needs the model: name its run with --run, or the bytes to deploy with --model-path.';
  }
  return undefined;
}
