import { dirname } from 'node:path';
import { escapeForTerminal } from '../../base/text.ts';
import { collectPlots } from '../../checks/plots/collect-plots.ts';
import { ASSESSMENT_FORMATS, renderAssessment } from '../../report/render-assessment.ts';
import type { TerminalStyle } from '../../report/terminal-style.ts';
import { assessNamedRun } from '../assess-named-run.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { deliver } from '../files.ts';
import type { HtmlReportRequest } from '../html-report.ts';
import { environmentOf, layOverApprovals } from '../lay-over-approvals.ts';
import { choiceOf } from '../options.ts';
import { findPolicyFile } from '../policy-file.ts';
import { openPolicyRepository } from '../policy-repository.ts';
import { noteProblems } from '../terminal.ts';

const FORMATS = [...ASSESSMENT_FORMATS, 'html'] as const;

/** Evaluates a run against the policy. */
export const checkCommand: Command = {
  name: 'check',
  summary: 'Evaluates a run against the policy. Exit code 0 means that every required check is ok.',
  operands: '',
  options: {
    run: { type: 'string', placeholder: '<id>', help: 'the run (default: the newest finished one)' },
    policy: { type: 'string', placeholder: '<file>', help: 'the policy (default: signoff.yaml here or above)' },
    environment: {
      type: 'string',
      placeholder: '<name>',
      help: 'whose approvals are laid over (default: the policy’s last)',
    },
    format: { type: 'string', placeholder: FORMATS.join('|'), help: 'how to answer (default: text)' },
    output: { type: 'string', placeholder: '<file>', help: 'write the answer there' },
  },
  run: async (input, context) => {
    const { terminal, signal } = context;
    const format = choiceOf(input, 'format', FORMATS);
    const policyFile = findPolicyFile(input.text('policy'), context.folder);
    if (!format.ok || !policyFile.ok) {
      noteProblems(
        terminal,
        [format, policyFile].flatMap((result) => (result.ok ? [] : [result.problem])),
      );
      return EXIT.cannotAsk;
    }
    const noteFault = (error: unknown): void =>
      terminal.note(
        `a picture is missing: ${escapeForTerminal(error instanceof Error ? error.message : String(error))}\n`,
      );
    const plots = format.value === 'html' ? collectPlots(noteFault) : undefined;
    const assessed = await assessNamedRun(policyFile.value, input, context, plots?.observe);
    terminal.endProgress();
    if (!assessed.ok) {
      noteProblems(terminal, assessed.problems.length > 0 ? assessed.problems : [assessed.problem]);
      return EXIT.cannotAsk;
    }
    const environment = environmentOf(assessed.value, input.text('environment'));
    if (!environment.ok) {
      noteProblems(terminal, [environment.problem]);
      return EXIT.cannotAsk;
    }
    noteProblems(terminal, assessed.value.problems);
    const { assessment, stale } = await layOverApprovals(assessed.value, environment.value, signal);
    for (const { changed, message } of stale) terminal.note(`stale (${changed}): ${escapeForTerminal(message)}\n`);
    const text = await rendered(assessment, {
      ...{ assessed: assessed.value, environment: environment.value, plots: plots?.plots() ?? [], signal, noteFault },
      ...{ format: format.value, style: terminal.style },
    });
    await deliver(text, input.text('output'), context);
    return assessment.summary.ok ? EXIT.yes : EXIT.no;
  },
};

interface Rendering extends Omit<HtmlReportRequest, 'overlaid'> {
  readonly format: (typeof FORMATS)[number];
  readonly style: TerminalStyle;
}

async function rendered(
  assessment: Awaited<ReturnType<typeof layOverApprovals>>['assessment'],
  { format, style, ...request }: Rendering,
): Promise<string> {
  if (format === 'html') {
    // Pictures need libraries that no other answer does.
    const { htmlReport } = await import('../html-report.ts');
    return htmlReport({ ...request, overlaid: assessment });
  }
  const policyPath = await pathForReaders(request.assessed.policyFile, assessment.policy.path);
  return renderAssessment(assessment, { format, style, policyPath });
}

/** Tools that show findings beside files look for them from the repository's top level on. */
async function pathForReaders(policyFile: string, pathFromPolicy: string): Promise<string> {
  const place = await openPolicyRepository(policyFile, dirname(policyFile));
  return place.ok ? place.value.policyPath : pathFromPolicy;
}
