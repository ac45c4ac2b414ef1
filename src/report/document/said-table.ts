import type { SaidOfCheck } from '../../approval/history-evidence.ts';
import type { Translate } from '../../base/translate.ts';
import { plain, textCell } from './cells.ts';
import type { Row } from './document.ts';
import { type ReportMaterial, recordOf } from './report-material.ts';
import type { PlainTable } from './tables.ts';

/** What people said of single checks when they signed: accepted, waived and attested, each with its reason and evidence. */
export function saidTable(material: ReportMaterial, t: Translate): readonly PlainTable[] {
  const said = recordOf(material)?.said;
  if (said === undefined) return [];
  const titles = new Map(material.assessment.outcomes.map(({ id, title }) => [id, title]));
  const row = (what: string, { check, by, reason, until, statement, evidence = [] }: SaidOfCheck): Row => ({
    id: `${what}/${check}/${by}`,
    attention: 'none',
    cells: [
      textCell(until === undefined ? what : t('{0} until {1}', what, until)),
      textCell(titles.get(check) ?? check),
      textCell(by),
      textCell(reason ?? statement ?? '', {
        notes: evidence.map(({ path, sha256 }) => `${plain(path)} · sha256 ${sha256}`),
      }),
    ],
  });
  const rows = [
    ...said.accepted.map((each) => row(t('accepted'), each)),
    ...said.waived.map((each) => row(t('waived'), each)),
    ...said.attested.map((each) => row(t('attested'), each)),
  ];
  if (rows.length === 0) return [];
  return [
    {
      id: 'said',
      title: t('What people said'),
      lead: t('Each is part of a signed statement.'),
      columns: [{ title: t('What') }, { title: t('Check') }, { title: t('Person') }, { title: t('Words') }],
      rows,
    },
  ];
}
