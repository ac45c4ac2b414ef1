import type { Change } from '../../../checks/comparison/compare-outcomes.ts';
import type { Cell } from '../../protocol.ts';
import { t } from '../../translation.ts';

/** How a change is said: symbol, word and colour together. */
export function changeCell(change: Change): Cell {
  switch (change) {
    case 'worse':
      return { text: t('worse'), symbol: '▼', tone: 'bad' };
    case 'better':
      return { text: t('better'), symbol: '▲', tone: 'good' };
    case 'unclear':
      return { text: t('unclear'), symbol: '≈', tone: 'warning' };
    case 'same':
      return { text: t('alike'), symbol: '=', tone: 'quiet' };
    case 'unknown':
      return { text: t('not comparable'), symbol: '–', tone: 'quiet' };
  }
}

/** Over the rows of one kind of change. */
export function changeTitle(change: Change): string {
  switch (change) {
    case 'worse':
      return t('Worse');
    case 'better':
      return t('Better');
    case 'unclear':
      return t('Unclear: sampling alone may have made the difference');
    case 'same':
      return t('Alike');
    case 'unknown':
      return t('Not comparable');
  }
}
