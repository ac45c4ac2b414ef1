import type { SignedWord, Turn, TurnState } from '../../approval/history.ts';
import type { Translate } from '../../base/translate.ts';
import { countsOf, landingOf, objectionWords, periodOf, replacedBy, shortId } from '../history-words.ts';
import type { StatusTone } from '../status.ts';
import { codeCell, textCell } from './cells.ts';
import type { Row } from './document.ts';
import type { ReportMaterial } from './report-material.ts';
import type { PlainTable } from './tables.ts';

const LOOKS: Readonly<Record<TurnState, { readonly symbol: string; readonly tone: StatusTone }>> = {
  'in force': { symbol: '✓', tone: 'good' },
  superseded: { symbol: '·', tone: 'quiet' },
  expired: { symbol: '!', tone: 'warning' },
  revoked: { symbol: '✗', tone: 'bad' },
  rejected: { symbol: '✗', tone: 'bad' },
};

/** Which model was approved where, in the order in which they came. */
export function historyTable({ record }: ReportMaterial, t: Translate): readonly PlainTable[] {
  const rows = (record?.history.environments ?? []).flatMap(({ environment, turns }) =>
    turns.map((turn, index): Row => turnRow(environment, turn, index)),
  );
  if (rows.length === 0) return [];
  return [
    {
      id: 'history',
      title: t('History'),
      lead: t('Dates are those that signers and committers gave.'),
      columns: [
        { title: t('State') },
        { title: t('Environment') },
        { title: t('Dated') },
        { title: t('Model'), kind: 'code' },
        { title: t('Signed by') },
        { title: t('Checks') },
      ],
      rows,
    },
  ];
}

function turnRow(environment: string, turn: Turn, index: number): Row {
  const [first, ...others] = [...turn.signed, ...turn.rests_on].map(wordText);
  return {
    id: `${environment}/${index}`,
    attention: 'none',
    cells: [
      textCell(turn.state, LOOKS[turn.state]),
      textCell(environment),
      textCell(periodOf(turn)),
      codeCell(shortId(turn.model_id), { notes: [`run ${turn.run}`, replacedBy(turn)] }),
      textCell(first ?? '', { notes: others }),
      textCell(countsOf(turn)),
    ],
  };
}

function wordText({ person, role, comment, landed }: SignedWord): string {
  return `${person} as ${role}${comment === '' ? '' : `: ${comment}`} (${landingOf(landed)})`;
}

/** Rejections and revocations. */
export function objectionTable({ record }: ReportMaterial, t: Translate): readonly PlainTable[] {
  const rows = (record?.history.environments ?? []).flatMap(({ environment, objections }) =>
    objections.map((objection): Row => {
      const stands = objection.state === 'taken back' ? 'quiet' : 'bad';
      return {
        id: objection.id,
        attention: 'none',
        cells: [
          textCell(objection.state, { symbol: stands === 'bad' ? '✗' : '·', tone: stands }),
          textCell(environment),
          textCell(objectionWords(objection)),
        ],
      };
    }),
  );
  if (rows.length === 0) return [];
  return [
    {
      id: 'objections',
      title: t('Rejections and revocations'),
      columns: [{ title: t('State') }, { title: t('Environment') }, { title: t('What') }],
      rows,
    },
  ];
}
