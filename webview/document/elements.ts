import { piecesOf } from '../../src/extension/protocol.ts';

type Child = Node | string | undefined;

/** An element with its class and children. Text becomes text nodes, so nothing that is shown can become markup. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (className !== '') made.className = className;
  for (const child of children) {
    if (typeof child === 'string') appendText(made, child);
    else if (child !== undefined) made.append(child);
  }
  return made;
}

/** Replaces what an element says. */
export function setText(place: Element, text: string): void {
  place.replaceChildren();
  appendText(place, text);
}

/** Names that run from right to left reorder nothing around them. In pieces or whole, a text is one item of its row. */
function appendText(place: Element, text: string): void {
  const pieces = piecesOf(text).map((piece) => (piece.kind === 'plain' ? piece.text : isolated(piece.text)));
  if (pieces.length < 2) {
    place.append(...pieces);
    return;
  }
  const whole = document.createElement('span');
  whole.append(...pieces);
  place.append(whole);
}

function isolated(text: string): HTMLElement {
  const made = document.createElement('bdi');
  made.textContent = text;
  return made;
}
