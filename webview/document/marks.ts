import { setText } from './elements.ts';

/**
 * Lets the points of a picture be read: those under the pointer, and by keyboard those that the arrow keys visit. A
 * picture is one stop of the Tab key, however many points it has: the listeners are the frame's, since a drawing that
 * listens to the focus would be a stop itself.
 */
export function visitMarks(frame: HTMLElement, readout: HTMLElement, hint: string): void {
  const marks = [...frame.querySelectorAll<SVGElement>('.mark')];
  const [first] = marks;
  if (first === undefined) return;
  for (const mark of marks) mark.setAttribute('tabindex', mark === first ? '0' : '-1');
  const read = (mark: Element | null): void => {
    setText(readout, mark?.getAttribute('aria-label') ?? hint);
    readout.classList.toggle('quiet', mark === null);
  };
  read(null);
  frame.addEventListener('focusin', ({ target }) => {
    const mark = target instanceof Element ? target.closest<SVGElement>('.mark') : null;
    if (mark === null) return;
    for (const each of marks) each.setAttribute('tabindex', each === mark ? '0' : '-1');
    read(mark);
  });
  frame.addEventListener('focusout', () => read(null));
  frame.addEventListener('pointerover', ({ target }) => {
    const mark = target instanceof Element ? target.closest('.mark') : null;
    if (mark !== null) read(mark);
  });
  frame.addEventListener('pointerleave', () => read(document.activeElement?.closest('.mark') ?? null));
  frame.addEventListener('keydown', (event) => {
    const at = marks.indexOf(document.activeElement as SVGElement);
    const next = at < 0 ? undefined : nextOf(event.key, at, marks.length);
    if (next === undefined) return;
    event.preventDefault();
    marks[next]?.focus();
  });
}

function nextOf(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return Math.min(at + 1, count - 1);
    case 'ArrowLeft':
    case 'ArrowUp':
      return Math.max(at - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
