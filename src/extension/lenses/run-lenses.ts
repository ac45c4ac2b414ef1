import { COMMANDS } from '../ids.ts';
import type { Snapshot } from '../state/snapshot.ts';
import { t } from '../translation.ts';
import { runStatusWord } from '../views/runs-model.ts';
import { visibleBesideIcons } from '../visible-text.ts';
import type { Lens } from './lens.ts';
import { runOfFile, type TextFile } from './run-of-file.ts';
import { verdictLenses } from './verdict-lenses.ts';

/** What stands above a file that a run left. Nothing above files of no run. */
export function runLenses(file: TextFile, snapshot: Snapshot): readonly Lens[] {
  const found = runOfFile(file, snapshot);
  if (found === undefined) return [];
  const { run } = found;
  const { assessed } = snapshot;
  const name = visibleBesideIcons(run.name === '' ? run.id : run.name);
  if (run.id === assessed?.assessment.run.id) {
    const verdict = verdictLenses(snapshot);
    return verdict.length > 0 ? verdict : [{ offset: 0, words: t('Run {0}', name) }];
  }
  const words = run.status === 'finished' ? t('Run {0}', name) : t('Run {0} · {1}', name, runStatusWord(run.status));
  return [
    { offset: 0, words },
    { offset: 0, words: t('Check This Run'), command: { id: COMMANDS.selectRun, arguments: [run.id] } },
    ...(assessed === undefined
      ? []
      : [
          {
            offset: 0,
            words: t('Compare with {0}', visibleBesideIcons(assessed.assessment.run.name)),
            command: { id: COMMANDS.compare, arguments: [run.id] },
          },
        ]),
  ];
}
