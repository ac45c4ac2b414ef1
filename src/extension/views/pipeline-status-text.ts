import type { RingRecord } from '../../pipeline/ring-book.ts';
import { t } from '../translation.ts';
import { visible, visibleBesideIcons } from '../visible-text.ts';
import type { StatusText } from './status-text.ts';

const ICONS = {
  waiting: 'clock',
  running: 'sync~spin',
  succeeded: 'pass',
  failed: 'error',
  cancelled: 'circle-slash',
  unknown: 'question',
} as const;

/** The pipeline that was told last, in one short line; undefined where none was told from here. */
export function pipelineStatusText(records: readonly RingRecord[]): StatusText | undefined {
  const [newest] = records;
  if (newest === undefined) return undefined;
  const { title, message } = newest;
  const state = runStateOf(newest);
  const words = t('{0}: {1}', whatFor(newest), state === undefined ? told(newest.state) : stateWords(state));
  return {
    text: `$(${ringIcon(newest)}) ${visibleBesideIcons(words)}`,
    tooltip: [t('Model Signoff pipeline'), visible(title), visible(message)].join('\n'),
    spoken: t('Model Signoff pipeline, {0}', words),
  };
}

/** That a retraining failed says nothing of what is deployed, so it must not read as if it did. */
function whatFor({ environment, event }: RingRecord): string {
  if (event === 'on_rejected') return t('{0} (rejection)', visible(environment));
  if (event === 'on_rolled_back') return t('{0} (roll-back)', visible(environment));
  return visible(environment);
}

/** How far the run is that a ring started; undefined where none was, or its system does not tell. */
export function runStateOf({ status, run, followed }: RingRecord): keyof typeof ICONS | undefined {
  return status ?? (run === undefined || !followed ? undefined : 'running');
}

/** A codicon's name. */
export function ringIcon(record: RingRecord): string {
  const state = runStateOf(record);
  if (state !== undefined) return ICONS[state];
  return record.state === 'refused' ? 'error' : 'rocket';
}

function stateWords(state: keyof typeof ICONS): string {
  const words = {
    waiting: t('pipeline waits'),
    running: t('pipeline runs'),
    succeeded: t('pipeline succeeded'),
    failed: t('pipeline failed'),
    cancelled: t('pipeline was cancelled'),
    unknown: t('pipeline can’t be asked'),
  };
  return words[state];
}

function told(state: RingRecord['state']): string {
  const words = {
    sending: t('pipeline did not answer'),
    accepted: t('pipeline was told'),
    already: t('pipeline was told'),
    refused: t('pipeline refused'),
    unknown: t('pipeline did not answer'),
  };
  return words[state];
}
