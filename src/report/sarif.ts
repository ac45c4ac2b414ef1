import { TOOL } from '../base/tool.ts';
import { jsonText } from './json-text.ts';

export interface SarifRule {
  readonly id: string;
  readonly title: string;
}

export interface SarifPlace {
  /** Relative to the repository's top level, or to the policy's folder where there is none; `/`-separated. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

export interface SarifResult {
  readonly rule: string;
  readonly level: 'error' | 'warning' | 'note';
  readonly message: string;
  readonly place: SarifPlace;
  /** Somebody has put it aside by a signature: it is shown, and does not count. */
  readonly putAside?: 'waived';
}

export interface SarifRun {
  readonly rules: readonly SarifRule[];
  readonly results: readonly SarifResult[];
  readonly properties: Readonly<Record<string, unknown>>;
}

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** SARIF 2.1.0 (OASIS, errata 01) with one run: what must be put right, at the line of the policy that asks for it. */
export function renderSarif({ rules, results, properties }: SarifRun): string {
  const ids = rules.map(({ id }) => id);
  const run = {
    tool: {
      driver: {
        name: TOOL.name,
        semanticVersion: TOOL.version,
        rules: rules.map(({ id, title }) => ({ id, shortDescription: { text: title } })),
      },
    },
    invocations: [{ executionSuccessful: true }],
    columnKind: 'utf16CodeUnits',
    results: results.map(({ rule, level, message, place, putAside }) => ({
      ruleId: rule,
      ruleIndex: ids.indexOf(rule),
      level,
      message: { text: message },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: place.path.split('/').map(encodeURIComponent).join('/') },
            region: { startLine: place.line, startColumn: place.column },
          },
        },
      ],
      ...(putAside === undefined ? {} : { suppressions: [{ kind: 'external', status: 'accepted' }] }),
    })),
    properties,
  };
  return jsonText({ $schema: SCHEMA, version: '2.1.0', runs: [run] });
}
