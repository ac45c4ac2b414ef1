import type { PictureSection as DrawnSection } from '../../report/pictures/picture.ts';
import type { PanelDocument, PictureWords } from '../protocol.ts';
import { t } from '../translation.ts';
import type { PanelContent } from './document-panel.ts';
import { packScene } from './pack-scene.ts';

/** Adds pictures to a document. What they are copied as stays with the host. */
export function withPictures(document: PanelDocument, drawn: readonly DrawnSection[]): PanelContent {
  if (drawn.length === 0) return { document };
  const copies = new Map(drawn.flatMap(({ pictures }) => pictures.map(({ id, csv }) => [id, csv] as const)));
  const sections = drawn.map(({ id, title, pictures }) => ({
    id,
    title,
    pictures: pictures.map(({ csv: _, scene, ...shown }) => ({ ...shown, scene: packScene(scene) })),
  }));
  return { document: { ...document, pictures: { sections, words: pictureWords() } }, copies };
}

/** The picture that explains a check; undefined where none does. */
export function pictureOfCheck(drawn: readonly DrawnSection[], check: string): string | undefined {
  return drawn.flatMap(({ pictures }) => pictures).find(({ checks }) => checks.includes(check))?.id;
}

function pictureWords(): PictureWords {
  return {
    table: t('Table'),
    copyPng: t('Copy PNG'),
    copySvg: t('Copy SVG'),
    copyCsv: t('Copy CSV'),
    copied: t('Copied.'),
    notCopied: t('The clipboard did not take it.'),
    policyThreshold: t('The policy’s'),
    backToPolicy: t('Back to the policy’s threshold'),
    reading: t('Metric'),
    atThreshold: t('At this threshold'),
    atPolicy: t('At the policy’s'),
    bound: t('Bound'),
    holds: t('holds'),
    holdsNot: t('does not hold'),
    hint: t('Point at the picture, or press Tab and then the arrow keys, to read its values.'),
  };
}
