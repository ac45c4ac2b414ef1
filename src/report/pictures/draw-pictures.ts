import type { Plot } from '../../checks/plots/plot.ts';
import { drawConfusion } from './confusion.ts';
import type { Draw, DrawingContext } from './drawing.ts';
import type { Picture, PictureSection } from './picture.ts';
import { drawPrecisionRecall } from './precision-recall.ts';
import { drawRoc } from './roc.ts';

const DRAWERS: { readonly [Kind in Plot['kind']]: Draw<Kind> } = {
  roc: drawRoc,
  'precision-recall': drawPrecisionRecall,
  confusion: drawConfusion,
};

/** The pictures of a run's plots, under the headings by which people look for them; headings without any are left out. */
export function drawPictures(plots: readonly Plot[], context: DrawingContext): readonly PictureSection[] {
  const sections = new Map<string, { title: string; pictures: Picture[] }>();
  for (const plot of plots) {
    const draw = DRAWERS[plot.kind] as Draw<Plot['kind']>;
    const picture = draw(plot as never, context);
    if (picture === undefined) continue;
    const { id, title } = sectionOf(plot);
    const section = sections.get(id) ?? { title, pictures: [] };
    section.pictures.push(picture);
    sections.set(id, section);
  }
  return [...sections].map(([id, { title, pictures }]) => ({ id, title, pictures }));
}

function sectionOf(plot: Plot): { readonly id: string; readonly title: string } {
  return { id: `dataset/${plot.dataset}`, title: `Performance on ${plot.dataset}` };
}
