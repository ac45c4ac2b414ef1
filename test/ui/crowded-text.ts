import type { PanelPage } from './panel-page.ts';

/** The texts of pictures that leave their picture or lie over each other, one line each. */
export function crowdedTexts({ page }: PanelPage): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('svg.picture')].flatMap((svg) => {
      const picture = svg.closest('figure')?.id;
      const frame = svg.getBoundingClientRect();
      const texts = [...svg.querySelectorAll('text')].filter(({ textContent }) => textContent !== '');
      const boxes = texts.map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }));
      return boxes.flatMap(({ text, box }, index) => {
        const leaves =
          box.left < frame.left - 1 ||
          box.right > frame.right + 1 ||
          box.top < frame.top - 1 ||
          box.bottom > frame.bottom + 1;
        const covered = boxes.slice(index + 1).filter(({ box: other }) => {
          const across = Math.min(box.right, other.right) - Math.max(box.left, other.left);
          const down = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
          // Boxes of text are taller than what is drawn in them.
          return across > 1 && down > 3;
        });
        return [
          ...(leaves ? [`${picture}: “${text}” leaves the picture`] : []),
          ...covered.map((other) => `${picture}: “${text}” lies over “${other.text}”`),
        ];
      });
    }),
  );
}
