import { codeCell, plain, textCell } from '../../../report/document/cells.ts';
import type { PlainTable } from '../../../report/document/tables.ts';
import { dayAndTime } from '../../../report/document/times.ts';
import type { ComparedRun, RunComparison } from '../../engine/compare.ts';
import type { Cell, Row } from '../../protocol.ts';
import { t } from '../../translation.ts';
import type { RunNames } from './check-comparison.ts';

type Texts = ReadonlyMap<string, string>;

interface PairedTable {
  readonly id: string;
  readonly title: string;
  /** What the first column names. */
  readonly of: string;
  readonly first: Texts;
  readonly second: Texts;
  readonly cell: (text: string) => Cell;
}

/** Everything but numbers that two runs have: what differs first. */
export function pairTables({ first, second, policy }: RunComparison, names: RunNames): readonly PlainTable[] {
  const pair = (table: PairedTable): readonly PlainTable[] => pairTable(table, names);
  return [
    ...policyTable(policy),
    ...pair({
      ...{ id: 'model', title: t('Model files'), of: t('File'), cell: digestCell },
      ...{ first: first.modelFiles, second: second.modelFiles },
    }),
    ...pair({
      ...{ id: 'data', title: t('Data'), of: t('Data set'), cell: codeCell },
      ...{ first: inputsOf(first), second: inputsOf(second) },
    }),
    ...pair({
      ...{ id: 'environment', title: t('Environment'), of: t('Package'), cell: versionCell },
      ...{ first: first.packages, second: second.packages },
    }),
    ...pair({
      ...{ id: 'params', title: t('Parameters'), of: t('Name'), cell: textCell },
      ...{ first: first.params, second: second.params },
    }),
    ...pair({
      ...{ id: 'tags', title: t('Tags'), of: t('Name'), cell: textCell },
      ...{ first: first.tags, second: second.tags },
    }),
  ];
}

function pairTable({ id, title, of, first, second, cell }: PairedTable, names: RunNames): readonly PlainTable[] {
  const all = [...new Set([...first.keys(), ...second.keys()])].toSorted();
  if (all.length === 0) return [];
  const differing = all.filter((name) => first.get(name) !== second.get(name));
  const isDifferent = new Set(differing);
  const rows = [...differing, ...all.filter((name) => !isDifferent.has(name))].map(
    (name): Row => ({
      id: name,
      attention: isDifferent.has(name) ? 'needed' : 'none',
      cells: [
        codeCell(name),
        ...[first.get(name), second.get(name)].map((text) => cellOf(text, cell, isDifferent.has(name))),
      ],
    }),
  );
  return [
    {
      ...{ id, title, rows },
      lead:
        differing.length === 0
          ? t('Alike: {0}.', all.length)
          : t('Different: {0} of {1}, which stand first.', differing.length, all.length),
      columns: [{ title: of }, { title: names.first }, { title: names.second }],
    },
  ];
}

/** What both have alike is quiet, so that the eye finds what is not. */
function cellOf(text: string | undefined, cell: (text: string) => Cell, isDifferent: boolean): Cell {
  if (text === undefined) return { text: t('missing'), tone: 'quiet' };
  return isDifferent ? cell(text) : { ...cell(text), tone: 'quiet' };
}

/** Whole digests are in the report; here they only have to be told apart. */
function digestCell(sha256: string): Cell {
  return codeCell(`${sha256.slice(0, 16)}…`);
}

function versionCell(version: string): Cell {
  return version === '' ? { text: t('any version'), tone: 'quiet' } : codeCell(version);
}

function inputsOf({ inputs }: ComparedRun): Texts {
  return new Map(
    inputs.map(({ name, context, digest }) => [context === undefined ? name : `${name} (${context})`, digest]),
  );
}

/** What the policy asks by now, beside what it asked when the second run was approved. */
function policyTable(policy: RunComparison['policy']): readonly PlainTable[] {
  if (policy.kind === 'never approved') return [];
  const { issued, sha256 } = policy.approval;
  const common = {
    ...{ id: 'policy', title: t('Policy since the second run was approved') },
    columns: [{ title: t('Place') }, { title: t('Now') }, { title: t('Then') }],
  };
  const when = dayAndTime(Date.parse(issued));
  if (policy.kind === 'lost') {
    const lead = t('It was approved on {0} under a policy that is in no commit here (sha256 {1}).', when, sha256);
    return [{ ...common, lead, rows: [] }];
  }
  if (policy.differences.length === 0) {
    return [{ ...common, lead: t('It is the one under which the second run was approved on {0}.', when), rows: [] }];
  }
  const weaker = policy.weaker.length === 0 ? [] : [t('It asks less by now: {0}', policy.weaker.map(plain).join(' '))];
  const rows = policy.differences.map(
    ({ path, first, second }): Row => ({
      id: path,
      attention: 'needed',
      cells: [codeCell(path), ...[first, second].map((text) => cellOf(text, codeCell, true))],
    }),
  );
  return [{ ...common, lead: [t('Approved on {0}.', when), ...weaker].join(' '), rows }];
}
