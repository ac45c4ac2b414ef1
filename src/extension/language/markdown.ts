import * as vscode from 'vscode';

/** Sections of Markdown that the language service has made safe; no command can be run from it, and no HTML is read. */
export function markdownOf(sections: readonly string[]): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString(sections.join('\n\n---\n\n'));
  markdown.isTrusted = false;
  markdown.supportHtml = false;
  markdown.supportThemeIcons = false;
  return markdown;
}
