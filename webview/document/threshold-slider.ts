import type { PictureWords, ShownPicture, ThresholdSlider } from '../../src/extension/protocol.ts';
import { button } from '../components.ts';
import { choices, choose } from '../host.ts';
import { element } from './elements.ts';

/**
 * The slider under a score distribution. It looks rows up that came with the picture: nothing is computed here, and the
 * policy stays as it is.
 */
export function thresholdSlider(
  { id: picture, title, slider }: Pick<ShownPicture, 'id' | 'title'> & { readonly slider: ThresholdSlider },
  svg: SVGSVGElement,
  words: PictureWords,
): HTMLElement {
  // There is one for each data set with scores, so the visible label alone would not tell them apart.
  const name = `${slider.label}: ${title}`;
  const { positions, readings, policy } = slider;
  const start = startOf(picture, slider);
  const input = element('input', 'slider');
  input.type = 'range';
  input.min = '0';
  input.max = String(positions.length - 1);
  input.step = '1';
  input.id = `slider ${picture}`;
  input.setAttribute('aria-label', name);
  const label = element('label', '', slider.label);
  label.htmlFor = input.id;
  const chosen = element('output', 'chosen');
  const back = button(words.backToPolicy, 'secondary', () => {
    move(policy ?? 0);
    input.focus();
  });
  const cells = readings.map(() => element('td', 'number'));
  const verdicts = readings.map(() => element('span', 'verdict-symbol'));
  const rows = readings.map(({ name, bound }, index) => {
    const atPolicy = policy === undefined ? '–' : (positions[policy]?.values[index] ?? '–');
    const heading = element('th', '', name);
    heading.scope = 'row';
    return element(
      'tr',
      '',
      heading,
      cells[index],
      element('td', 'number quiet', atPolicy),
      element('td', '', bound, verdicts[index]),
    );
  });
  const headings = [words.reading, words.atThreshold, words.atPolicy, words.bound].map((text, index) => {
    const heading = element('th', index === 1 || index === 2 ? 'number' : '', text);
    heading.scope = 'col';
    return heading;
  });
  const table = element(
    'table',
    'readings',
    element('thead', '', element('tr', '', ...headings)),
    element('tbody', '', ...rows),
  );
  table.setAttribute('aria-label', name);
  input.addEventListener('input', () => move(Number(input.value)));
  move(start);
  const controls = element('div', 'slider-row', label, input, chosen, policy === undefined ? undefined : back);
  const wide = element('div', 'scroller', table);
  wide.tabIndex = 0;
  wide.setAttribute('role', 'region');
  wide.setAttribute('aria-label', name);
  return element('div', 'threshold', controls, wide);

  function move(index: number): void {
    const position = positions[index];
    if (position === undefined) return;
    input.value = String(index);
    const isPolicy = index === policy;
    chosen.textContent = isPolicy ? `${position.text} (${words.policyThreshold})` : position.text;
    input.setAttribute('aria-valuetext', chosen.textContent);
    svg.querySelector('[data-mark="slider"]')?.setAttribute('transform', `translate(${position.x} 0)`);
    for (const [at, cell] of cells.entries()) {
      cell.textContent = position.values[at] ?? '–';
      const verdict = readings[at]?.holds?.[index];
      const holds = verdict === undefined ? undefined : verdict === '1';
      verdicts[at]?.replaceChildren(
        holds === undefined ? '' : ` ${holds ? `✓ ${words.holds}` : `✗ ${words.holdsNot}`}`,
      );
    }
    choose({ thresholds: { ...choices().thresholds, [picture]: position.text } });
  }
}

function startOf(picture: string, { positions, policy }: ThresholdSlider): number {
  const remembered = choices().thresholds[picture];
  const found = remembered === undefined ? -1 : positions.findIndex(({ text }) => text === remembered);
  return found >= 0 ? found : (policy ?? Math.floor(positions.length / 2));
}
