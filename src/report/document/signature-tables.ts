import type { EnvironmentRecord } from '../../approval/signoff-record.ts';
import { listInWords } from '../../base/text.ts';
import type { Translate } from '../../base/translate.ts';
import type { Policy } from '../../policy/schema.ts';
import { codeCell, figuresCell, numberCell, textCell } from './cells.ts';
import type { Row } from './document.ts';
import { type ReportMaterial, recordOf } from './report-material.ts';
import type { PlainTable } from './tables.ts';
import { day, dayAndTime } from './times.ts';

/** Whose signatures count, for every environment, and whose are missing. */
export function signatureTable({ record, policy }: ReportMaterial, t: Translate): readonly PlainTable[] {
  const rows = (record?.environments ?? []).flatMap((environment) => [
    ...signedRows(environment, t),
    ...missingRows(environment, policy, t),
  ]);
  if (rows.length === 0) return [];
  return [
    {
      id: 'approvals',
      title: t('Signatures'),
      lead: t(
        'Those listed as signed were verified: the key belongs to the person, who holds the role, and the statement names this very model and policy.',
      ),
      columns: [
        { title: t('Status') },
        { title: t('Environment') },
        { title: t('Role') },
        { title: t('Person') },
        { title: t('Signed'), kind: 'number' },
        { title: t('Valid until'), kind: 'number' },
      ],
      rows,
    },
  ];
}

function signedRows({ environment, verdict }: EnvironmentRecord, t: Translate): readonly Row[] {
  return verdict.approvals.map(({ id, role, person, key, issued, expires }) => ({
    id: `${environment}/${id}`,
    attention: 'none',
    cells: [
      textCell(t('signed'), { symbol: '✓', tone: 'good' }),
      textCell(environment),
      textCell(role),
      textCell(person, { notes: [key, t('statement {0}', id)] }),
      figuresCell([dayAndTime(issued)]),
      figuresCell([day(expires)]),
    ],
  }));
}

function missingRows({ environment, verdict }: EnvironmentRecord, { signoff }: Policy, t: Translate): readonly Row[] {
  const signed = new Set(verdict.approvals.map(({ person }) => person));
  return Object.entries(verdict.quorum)
    .filter(([, { need, have }]) => have < need)
    .map(([role]) => {
      // Nobody fills two seats, so whoever has signed is not waited for again.
      const holders = (signoff.roles[role] ?? []).filter((person) => !signed.has(person));
      const who =
        holders.length === 0 ? t('nobody else holds this role') : t('one of {0}', listInWords(holders, t('or')));
      return {
        id: `${environment}/${role}/missing`,
        attention: 'needed',
        cells: [
          textCell(t('missing'), { symbol: '…', tone: 'warning' }),
          textCell(environment),
          textCell(role),
          textCell(who, { tone: 'quiet' }),
          numberCell(null),
          numberCell(null),
        ],
      };
    });
}

/** Why the model is not approved, in the words of `verify`. */
export function reasonTable(material: ReportMaterial, t: Translate): readonly PlainTable[] {
  const { reasons = [] } = recordOf(material)?.verdict ?? {};
  if (reasons.length === 0) return [];
  return [
    {
      id: 'reasons',
      title: t('Why it is not approved'),
      columns: [{ title: t('Reason') }, { title: t('Code'), kind: 'code' }],
      rows: reasons.map(({ code, message }, index) => ({
        id: String(index),
        attention: 'needed',
        cells: [textCell(message), codeCell(code)],
      })),
    },
  ];
}

/** Files among the approvals that count for nothing. */
export function ignoredTable({ record }: ReportMaterial, t: Translate): readonly PlainTable[] {
  const ignored = new Map(
    (record?.environments ?? []).flatMap(({ verdict }) =>
      verdict.ignored.map((each) => [`${each.file} ${each.code}`, each]),
    ),
  );
  if (ignored.size === 0) return [];
  return [
    {
      id: 'ignored',
      title: t('Statements that do not count'),
      columns: [{ title: t('File'), kind: 'code' }, { title: t('Why') }],
      rows: [...ignored].map(([id, { file, code, message }]) => ({
        id,
        attention: 'needed',
        cells: [codeCell(file), textCell(message, { notes: [code] })],
      })),
    },
  ];
}
