import type { Verdict } from '../approval/verdict.ts';
import type { TerminalStyle } from './terminal-style.ts';
import { renderVerdictJson } from './verdict-json.ts';
import { renderVerdictJunit } from './verdict-junit.ts';
import { renderVerdictMarkdown } from './verdict-markdown.ts';
import { renderVerdictSarif } from './verdict-sarif.ts';
import { renderVerdictText } from './verdict-text.ts';

export const VERDICT_FORMATS = ['text', 'json', 'markdown', 'junit', 'sarif'] as const;
export type VerdictFormat = (typeof VERDICT_FORMATS)[number];

export interface VerdictRendering {
  readonly format: VerdictFormat;
  readonly environment: string;
  /** Relative to the repository, for tools that show findings beside its files. */
  readonly policyPath: string;
  readonly style: TerminalStyle;
}

export function renderVerdict(verdict: Verdict, { format, environment, policyPath, style }: VerdictRendering): string {
  switch (format) {
    case 'text':
      return renderVerdictText(verdict, environment, style);
    case 'json':
      return renderVerdictJson(verdict);
    case 'markdown':
      return renderVerdictMarkdown(verdict, environment);
    case 'junit':
      return renderVerdictJunit(verdict, environment);
    case 'sarif':
      return renderVerdictSarif(verdict, environment, policyPath);
  }
}
