import { shellWord } from '../../base/shell-word.ts';
import type { Translate } from '../../base/translate.ts';
import { plain } from './cells.ts';
import type { Passage } from './document.ts';
import { type ReportMaterial, recordOf } from './report-material.ts';

/** A page can be edited by anybody: how its reader finds out from the repository whether it is true. */
export function verificationPassage(material: ReportMaterial, t: Translate): Passage {
  const { assessment, digest, environment, record } = material;
  const run = shellWord(plain(assessment.run.id));
  const signed = recordOf(material)?.assessments ?? [];
  const trusted = record?.protectedBranch;
  const inPlace = environment === undefined ? [] : ['--environment', shellWord(plain(environment))];
  const verify = ['signoff verify', '--run', run, ...inPlace];
  return {
    id: 'verification',
    title: t('How to verify this'),
    paragraphs: [
      t(
        'This page proves nothing by itself: whoever has it could have changed it. What it says is proved by the signatures in the repository. In a clone of it, this asks whether they allow this model, trusting the policy and the keys of the protected branch alone:',
      ),
      {
        code: `${verify.join(' ')} --trusted-ref ${trusted === undefined ? '<protected-branch>' : shellWord(trusted)}`,
      },
      ...(trusted === undefined
        ? [
            t(
              'Write the name of the branch that only reviewed changes reach in place of <protected-branch>, for example refs/remotes/origin/main.',
            ),
          ]
        : []),
      ...signed.flatMap(({ path, sha256 }) => [
        sha256 === digest
          ? t('The signatures name the assessment that this page shows. This prints its digest:')
          : t('The signatures name an earlier assessment of the same inputs. This prints its digest, {0}:', sha256),
        { code: `git show ${shellWord(`${record?.commit ?? 'HEAD'}:${plain(path)}`)} | sha256sum` },
      ]),
      t('The same inputs give the same page, byte for byte, on the same day:'),
      {
        code: ['signoff check', '--run', run, ...inPlace, '--format html | sha256sum'].join(' '),
      },
    ],
  };
}
