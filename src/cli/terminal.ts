import { isatty } from 'node:tty';
import type { Problem, ReportProgress } from '../base/result.ts';
import { escapeForTerminal } from '../base/text.ts';
import { COLOUR_STYLE, PLAIN_STYLE, type TerminalStyle } from '../report/terminal-style.ts';

/** The two streams of a command. Results go to `print`; everything else goes to standard error. */
export interface Terminal {
  /** Ready text of ours, escaped where it quotes what others wrote. */
  readonly print: (text: string) => void;
  readonly note: (text: string) => void;
  readonly style: TerminalStyle;
  readonly reportProgress: ReportProgress;
  /** Takes the progress line away, so that nothing of it stays on the screen. */
  readonly endProgress: () => void;
  /** Asks the person for a line; absent where nobody could answer. Undefined when they end the input instead. */
  readonly ask?: (question: string) => Promise<string | undefined>;
}

const ERASE_LINE = '\r\u001b[K';

/** The terminal that the process was started on. Colours and the progress line appear only where a person looks. */
export function processTerminal(): Terminal {
  const coloured =
    process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined && process.env['TERM'] !== 'dumb';
  let progressShown = false;
  const endProgress = (): void => {
    if (!progressShown) return;
    process.stderr.write(ERASE_LINE);
    progressShown = false;
  };
  return {
    print: (text) => {
      endProgress();
      process.stdout.write(text);
    },
    note: (text) => {
      endProgress();
      process.stderr.write(text);
    },
    style: coloured ? COLOUR_STYLE : PLAIN_STYLE,
    reportProgress: ({ message, fraction }) => {
      if (process.stderr.isTTY !== true) return;
      const share = fraction === undefined ? '' : ` ${Math.round(fraction * 100)} %`;
      const line = escapeForTerminal(`${message}${share}`).slice(0, Math.max(10, (process.stderr.columns ?? 80) - 1));
      process.stderr.write(ERASE_LINE + line);
      progressShown = true;
    },
    endProgress,
    // Not `process.stdin`: a program that never reads should not take the time to open it.
    ...(isatty(0) && process.stderr.isTTY === true && { ask: askOnTerminal }),
  };
}

async function askOnTerminal(question: string): Promise<string | undefined> {
  const { createInterface } = await import('node:readline');
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  return new Promise((resolve) => {
    reader.once('close', () => resolve(undefined));
    reader.question(question, (answer) => {
      resolve(answer);
      reader.close();
    });
  });
}

/** One problem in one line, `file:line:column` first, as compilers do, so that editors can follow it. */
export function problemInWords(problem: Problem): string {
  const { file, range, message, severity } = problem;
  const place = file === undefined ? '' : range === undefined ? `${file}: ` : `${file}:${range.line}:${range.column}: `;
  const word = severity === 'error' ? '' : `${severity}: `;
  return escapeForTerminal(`${place}${word}${message}`);
}

export function noteProblems(terminal: Terminal, problems: readonly Problem[]): void {
  for (const problem of problems) terminal.note(`${problemInWords(problem)}\n`);
}
