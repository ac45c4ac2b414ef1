import type { Outcome } from '../../checks/outcome.ts';
import type { Policy } from '../../policy/schema.ts';
import { boundInWords, intervalInWords } from '../../report/outcome-words.ts';
import type { Fact, PanelDocument, Row, Table } from '../protocol.ts';
import { mainEnvironment, outcomesOf, type Snapshot } from '../state/snapshot.ts';
import { t } from '../translation.ts';
import { shortId } from '../views/approvals-model.ts';
import { CHECKLIST_GROUPS, groupOf, groupTitle } from '../views/checklist-groups.ts';
import { byUrgency, countWords, holds } from '../views/status-look.ts';
import { day, dayAndTime } from '../views/times.ts';
import { visible } from '../visible-text.ts';
import { codeCell, figuresCell, numberCell, statusCell, textCell } from './cells.ts';
import { asTable, type PlainTable, withoutEmptyColumns } from './tables.ts';

/** The assessment as a person reads it; undefined while there is none. */
export function reportDocument(snapshot: Snapshot): PanelDocument | undefined {
  const { assessed, policy, trust } = snapshot;
  if (assessed === undefined || policy === undefined) return undefined;
  const { assessment } = assessed;
  const outcomes = outcomesOf(snapshot);
  return {
    title: t('Report: {0}', visible(assessment.model)),
    subtitle: t('Run {0}', visible(assessment.run.name)),
    verdict: verdictOf(snapshot, outcomes),
    facts: [
      { name: t('Project'), value: visible(assessment.project) },
      { name: t('Run'), value: visible(assessment.run.id), kind: 'code' },
      { name: t('Runs from'), value: visible(assessment.run.source), kind: 'code' },
      {
        name: t('Policy'),
        value: `${visible(assessment.policy.path)} · sha256 ${shortId(assessment.policy.sha256)}`,
        kind: 'code',
      },
      {
        name: t('Model'),
        value: assessment.model_id === null ? t('no model files: can’t be approved') : assessment.model_id,
        kind: 'code',
      },
      replacesFact(snapshot),
    ],
    tables: [checkTable(outcomes, policy), ...[...approvalTables(snapshot), ...evidenceTables(outcomes)].map(asTable)],
    filter: t('Only what needs somebody'),
    actions: [
      ...(trust === 'trusted'
        ? [{ action: 'signOff' as const, label: t('Sign Off…'), appearance: 'primary' as const }]
        : []),
      { action: 'openMetrics', label: t('Metrics'), appearance: 'secondary' },
      { action: 'check', label: t('Check Again'), appearance: 'secondary' },
    ],
    footnotes: [
      t('Made by {0} {1}. Assessment sha256 {2}.', assessment.tool.name, assessment.tool.version, assessed.digest),
    ],
  };
}

function replacesFact({ approvals, policy }: Snapshot): Fact {
  const environment = policy === undefined ? undefined : mainEnvironment(policy);
  const replaces = approvals?.environments.find(({ name }) => name === environment)?.candidate.replaces;
  if (replaces === undefined) return { name: t('Replaces'), value: t('not known: approvals can’t be read here') };
  if (replaces === null) return { name: t('Replaces'), value: t('nothing: the first model') };
  return { name: t('Replaces'), value: replaces, kind: 'code' };
}

function verdictOf(snapshot: Snapshot, outcomes: readonly Outcome[]): NonNullable<PanelDocument['verdict']> {
  const environment = snapshot.policy === undefined ? undefined : mainEnvironment(snapshot.policy);
  const standing = snapshot.approvals?.environments.find(({ name }) => name === environment)?.candidate.standing;
  if (environment !== undefined && standing === 'approved')
    return { text: t('Approved for {0}', environment), tone: 'good', symbol: '✓' };
  if (environment !== undefined && standing === 'rejected')
    return { text: t('Rejected for {0}', environment), tone: 'bad', symbol: '✗' };
  const required = outcomes.filter((outcome) => outcome.severity === 'required');
  const open = required.filter((outcome) => !holds(outcome));
  if (open.length === 0 && required.length > 0) {
    return {
      text: t('All {0} required checks hold. Signatures are missing.', required.length),
      tone: 'warning',
      symbol: '…',
    };
  }
  const bad = open.some((outcome) => outcome.status === 'fail' || outcome.status === 'not_evaluable');
  const text = countWords(outcomes);
  return { text, tone: bad ? 'bad' : 'warning', symbol: bad ? '✗' : '…' };
}

function checkTable(outcomes: readonly Outcome[], policy: Policy): Table {
  const groups = Map.groupBy(outcomes, (outcome) => {
    const check = policy.checks[outcome.id];
    return check === undefined ? ('performance' as const) : groupOf(check, policy);
  });
  return withoutEmptyColumns({
    id: 'checks',
    title: t('Checks'),
    columns: [
      { title: t('Status') },
      { title: t('Check') },
      { title: t('Value'), kind: 'number' },
      { title: t('Bound'), kind: 'number' },
      { title: t('Interval'), kind: 'number' },
      { title: t('Rows'), kind: 'number' },
    ],
    groups: CHECKLIST_GROUPS.flatMap((group) => {
      const members = groups.get(group);
      return members === undefined
        ? []
        : [{ title: groupTitle(group), rows: members.toSorted(byUrgency).map(checkRow) }];
    }),
  });
}

function checkRow(outcome: Outcome): Row {
  const bound = boundInWords(outcome.bound);
  const interval = intervalInWords(outcome.interval);
  const advisory = outcome.severity === 'advisory' ? `${t('Advisory.')} ` : '';
  return {
    id: outcome.id,
    attention: holds(outcome) ? 'none' : 'needed',
    cells: [
      statusCell(outcome.status),
      textCell(outcome.title, { note: `${advisory}${visible(outcome.message)}`, reveals: outcome.id }),
      numberCell(outcome.value),
      bound === '' ? numberCell(null) : figuresCell(bound.split(' and '), ' and '),
      interval === '' ? numberCell(null) : figuresCell([interval]),
      numberCell(outcome.rows),
    ],
  };
}

function approvalTables({ approvals }: Snapshot): readonly PlainTable[] {
  if (approvals === undefined) return [];
  const rows = approvals.environments.flatMap(({ name, candidate }) =>
    candidate.seats.flatMap((seat): readonly Row[] => {
      const missing: readonly Row[] =
        seat.have >= seat.need
          ? []
          : [
              {
                id: `${name}/${seat.role}/missing`,
                attention: 'needed',
                cells: [
                  textCell(t('missing'), { symbol: '…', tone: 'warning' }),
                  textCell(name),
                  textCell(seat.role),
                  textCell(
                    seat.holders.length === 0 ? t('nobody holds this role') : t('one of {0}', seat.holders.join(', ')),
                    { tone: 'quiet' },
                  ),
                  numberCell(null),
                  numberCell(null),
                ],
              },
            ];
      const signed = seat.approvals.map(
        (approval): Row => ({
          id: approval.id,
          attention: 'none',
          cells: [
            textCell(t('signed'), { symbol: '✓', tone: 'good' }),
            textCell(name),
            textCell(approval.role),
            textCell(approval.person, { note: approval.key }),
            figuresCell([dayAndTime(approval.issued)]),
            figuresCell([day(approval.expires)]),
          ],
        }),
      );
      return [...signed, ...missing];
    }),
  );
  if (rows.length === 0) return [];
  return [
    {
      id: 'approvals',
      title: t('Signatures'),
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

function evidenceTables(outcomes: readonly Outcome[]): readonly PlainTable[] {
  const files = new Map(
    outcomes.flatMap((outcome) => outcome.evidence.map((file) => [file.path, file.sha256] as const)),
  );
  if (files.size === 0) return [];
  return [
    {
      id: 'evidence',
      title: t('Evidence'),
      lead: t('The files that values were computed from, by digest.'),
      columns: [
        { title: t('File'), kind: 'code' },
        { title: t('sha256'), kind: 'code' },
      ],
      rows: [...files].toSorted().map(([path, sha256]) => ({
        id: path,
        attention: 'none',
        cells: [codeCell(path), codeCell(sha256)],
      })),
    },
  ];
}
