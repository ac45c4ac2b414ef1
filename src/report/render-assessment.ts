import { renderAssessmentJson } from './assessment-json.ts';
import { renderAssessmentJunit } from './assessment-junit.ts';
import { renderAssessmentMarkdown } from './assessment-markdown.ts';
import { renderAssessmentSarif } from './assessment-sarif.ts';
import { renderAssessmentText } from './assessment-text.ts';
import type { TerminalStyle } from './terminal-style.ts';

export const ASSESSMENT_FORMATS = ['text', 'json', 'markdown', 'junit', 'sarif'] as const;
export type AssessmentFormat = (typeof ASSESSMENT_FORMATS)[number];

export interface AssessmentRendering {
  readonly format: AssessmentFormat;
  readonly style: TerminalStyle;
  /** Relative to the repository, for tools that show findings beside its files. */
  readonly policyPath: string;
}

export function renderAssessment(
  assessment: Parameters<typeof renderAssessmentJson>[0],
  { format, style, policyPath }: AssessmentRendering,
): string {
  switch (format) {
    case 'text':
      return renderAssessmentText(assessment, style);
    case 'json':
      return renderAssessmentJson(assessment);
    case 'markdown':
      return renderAssessmentMarkdown(assessment);
    case 'junit':
      return renderAssessmentJunit(assessment);
    case 'sarif':
      return renderAssessmentSarif(assessment, policyPath);
  }
}
