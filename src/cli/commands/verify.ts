import { resolve } from 'node:path';
import type { TrustAnchor } from '../../approval/trust-anchor.ts';
import { verify } from '../../approval/verify.ts';
import { fail, type Result, succeed } from '../../base/result.ts';
import { renderVerdictJson } from '../../report/verdict-json.ts';
import { renderVerdictText } from '../../report/verdict-text.ts';
import type { Command, CommandInput } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { deliver } from '../files.ts';
import { choiceOf } from '../options.ts';
import { repositoryToVerify } from '../repository-to-verify.ts';
import { noteProblems, problemInWords } from '../terminal.ts';

const FORMATS = ['text', 'json'] as const;

/** Answers a pipeline's question. It reads git objects and the model's bytes, and believes nothing but signatures. */
export const verifyCommand: Command = {
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
    format: { type: 'string', placeholder: FORMATS.join('|'), help: 'how to answer (default: text)' },
    output: { type: 'string', placeholder: '<file>', help: 'write the answer there' },
  },
  run: async (input, context) => {
    const { terminal, folder, signal } = context;
    const format = choiceOf(input, 'format', FORMATS);
    const missing = whatIsMissing(input);
    const anchor = anchorOf(input);
    if (missing !== undefined || !format.ok || !anchor.ok) {
      const problem = [format, anchor].find((result) => !result.ok);
      terminal.note(`${missing ?? (problem === undefined || problem.ok ? '' : problemInWords(problem.problem))}\n`);
      return EXIT.cannotAsk;
    }
    const place = await repositoryToVerify({
      folder,
      shellFolder: process.env['PWD'],
      policy: input.text('policy'),
      repository: input.text('repository'),
    });
    if (!place.ok) {
      noteProblems(terminal, [place.problem]);
      return EXIT.cannotAsk;
    }
    const environment = input.text('environment') ?? '';
    const modelPath = input.text('model-path');
    const verdict = await verify({
      repository: place.value.repository,
      policyPath: place.value.policyPath,
      environment,
      run: input.text('run'),
      modelPath: modelPath === undefined ? undefined : resolve(folder, modelPath),
      anchor: anchor.value,
      live: input.text('live'),
      now: new Date(),
      signal,
    });
    if (!verdict.ok) {
      noteProblems(terminal, [verdict.problem]);
      return EXIT.cannotAsk;
    }
    const text =
      format.value === 'json'
        ? renderVerdictJson(verdict.value)
        : renderVerdictText(verdict.value, environment, terminal.style);
    await deliver(text, input.text('output'), context);
    return verdict.value.approved ? EXIT.yes : EXIT.no;
  },
};

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
