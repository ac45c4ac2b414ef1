import { escapeForTerminal } from '../base/text.ts';

/** How a test of JUnit ended; with words where it did not pass. */
export type JunitResult =
  | { readonly kind: 'passed' }
  | { readonly kind: 'failure' | 'error' | 'skipped'; readonly type: string; readonly message: string };

export interface JunitCase {
  readonly className: string;
  readonly name: string;
  readonly result: JunitResult;
}

export interface JunitSuite {
  readonly name: string;
  readonly properties: readonly (readonly [name: string, value: string])[];
  readonly cases: readonly JunitCase[];
}

/**
 * JUnit's XML as Jenkins' schema has it (jenkinsci/xunit-plugin, junit-10.xsd), which GitLab, Azure and GitHub's actions
 * read too. Without times, so that the same answer gives the same bytes.
 */
export function renderJunit({ name, properties, cases }: JunitSuite): string {
  const count = (kind: JunitResult['kind']): number => cases.filter(({ result }) => result.kind === kind).length;
  const [failures, errors, skipped] = [count('failure'), count('error'), count('skipped')];
  const totals = `tests="${cases.length}" failures="${failures}" errors="${errors}"`;
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${totals}>`,
    `  <testsuite name="${xmlText(name)}" ${totals} skipped="${skipped}">`,
    '    <properties>',
    ...properties.map(([key, value]) => `      <property name="${xmlText(key)}" value="${xmlText(value)}"/>`),
    '    </properties>',
    ...cases.flatMap(caseLines),
    '  </testsuite>',
    '</testsuites>',
  ];
  return `${lines.join('\n')}\n`;
}

function caseLines({ className, name, result }: JunitCase): string[] {
  const attributes = `classname="${xmlText(className)}" name="${xmlText(name)}"`;
  if (result.kind === 'passed') return [`    <testcase ${attributes}/>`];
  const { kind, type, message } = result;
  return [
    `    <testcase ${attributes}>`,
    `      <${kind} type="${xmlText(type)}" message="${xmlText(message)}"/>`,
    '    </testcase>',
  ];
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Controls and lone surrogates can't stand in XML at all, not even as a number. */
function xmlText(text: string): string {
  return escapeForTerminal(text)
    .replaceAll(/[\ufffe\uffff]/g, '\ufffd')
    .replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}
